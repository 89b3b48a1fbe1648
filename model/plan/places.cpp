// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/places.h"

#include <algorithm>
#include <utility>

namespace rc {

Places::Places(const DependencyGraph& needs, std::vector<Job>& jobs, int places)
    : m_needs(needs)
    , m_jobs(jobs)
    , m_missing(jobs.size(), 0)
    , m_free(std::max(1, places))
{
    int systems = 0;
    for (const auto& job : jobs) {
        for (const int system : job.systems) {
            systems = std::max(systems, system + 1);
        }
    }
    m_systems.resize(std::size_t(systems));
}

std::vector<Places::Node> Places::place()
{
    for (Node node = 0; node < Node(m_jobs.size()); ++node) {
        if (m_jobs[node].state == Job::State::Running) {
            m_free -= m_jobs[node].takesPlace ? 1 : 0;
            start(node);
        }
    }
    m_lastIn.assign(std::size_t(std::max(0, m_free)), -1);
    for (Node node = 0; node < Node(m_jobs.size()); ++node) {
        if (m_jobs[node].state == Job::State::ToCome) {
            m_missing[node] = int(std::ranges::count_if(
                m_needs.dependenciesOf(node), [this](Node need) { return m_jobs[need].state != Job::State::Done; }));
            freeIfNeedsAreDone(node);
        }
    }
    while (!m_moments.empty()) {
        m_now = m_moments.top().time;
        while (!m_moments.empty() && m_moments.top().time == m_now) {
            const Moment moment = m_moments.top();
            m_moments.pop();
            happen(moment);
        }
        fill();
    }
    return std::move(m_order);
}

void Places::freeIfNeedsAreDone(Node node)
{
    if (m_missing[node] == 0) {
        m_jobs[node].ready = m_now + m_jobs[node].waiting;
        m_moments.push({*m_jobs[node].ready, Event::Ready, node});
    }
}

void Places::happen(const Moment& moment)
{
    if (moment.event == Event::End) {
        leave(moment.node);
    } else if (m_jobs[moment.node].takesPlace) {
        m_queue.insert({m_jobs[moment.node].rank, moment.node});
    } else {
        start(moment.node);
    }
}

void Places::leave(Node node)
{
    if (m_jobs[node].takesPlace) {
        for (const int system : m_jobs[node].systems) {
            m_systems[system].takenBy -= 1;
        }
        m_lastOut = node;
        m_free += 1;
        if (m_free > 0) {
            m_lastIn.push_back(node);
        } else {
            m_tooMany.push_back(node);
        }
    }
    for (const Node dependent : m_needs.dependentsOf(node)) {
        if (m_jobs[dependent].state == Job::State::ToCome) {
            m_missing[dependent] -= 1;
            freeIfNeedsAreDone(dependent);
        }
    }
}

void Places::fill()
{
    while (m_free > 0 && look()) {
    }
}

/// One look of the executor: at as many as there are places free, also where one of them cannot start.
bool Places::look()
{
    bool started = false;
    auto next = m_queue.begin();
    for (int left = m_free; left > 0 && next != m_queue.end(); --left) {
        const Node node = next->second;
        if (isBusy(node)) {
            ++next;
            continue;
        }
        next = m_queue.erase(next);
        givePlace(node);
        start(node);
        started = true;
    }
    return started;
}

void Places::givePlace(Node node)
{
    auto& job = m_jobs[node];
    job.placeOf = std::exchange(m_tooMany, {});
    const Node before = m_lastIn.front();
    m_lastIn.pop_front();
    m_free -= 1;
    for (const int system : job.systems) {
        job.placeOf.push_back(m_systems[system].lastHad);
    }
    job.placeOf.push_back(before);
    if (job.ready < m_now) {
        job.queuedBehind = whoseEndLetItStart(node, before);
        job.placeOf.push_back(job.queuedBehind);
    }
    std::erase(job.placeOf, -1);
}

bool Places::isBusy(Node node) const
{
    return std::ranges::any_of(m_jobs[node].systems, [this](int system) { return m_systems[system].takenBy > 0; });
}

Places::Node Places::whoseEndLetItStart(Node node, Node before) const
{
    const auto hasJustEnded = [this](Node other) { return other >= 0 && m_jobs[other].end == m_now; };
    for (const int system : m_jobs[node].systems) {
        if (hasJustEnded(m_systems[system].lastHad)) {
            return m_systems[system].lastHad;
        }
    }
    // It was ready before, and nothing but an end can have changed that it did not start.
    return hasJustEnded(before) ? before : m_lastOut;
}

void Places::start(Node node)
{
    auto& job = m_jobs[node];
    job.start = m_now;
    job.end = m_now + job.work;
    for (const int system : job.systems) {
        m_systems[system].takenBy += 1;
        m_systems[system].lastHad = node;
    }
    m_order.push_back(node);
    m_moments.push({job.end, Event::End, node});
}

} // namespace rc
