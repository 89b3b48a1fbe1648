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
    while (m_free > 0 && !m_queue.empty()) {
        const Node node = m_queue.begin()->second;
        m_queue.erase(m_queue.begin());
        auto& job = m_jobs[node];
        job.placeOf = std::exchange(m_tooMany, {});
        const Node before = m_lastIn.front();
        m_lastIn.pop_front();
        m_free -= 1;
        if (before >= 0) {
            job.placeOf.push_back(before);
        }
        // Until now no place was free, so this one is just left.
        job.queuedBehind = job.ready < m_now ? before : -1;
        start(node);
    }
}

void Places::start(Node node)
{
    auto& job = m_jobs[node];
    job.start = m_now;
    job.end = m_now + job.work;
    m_order.push_back(node);
    m_moments.push({job.end, Event::End, node});
}

} // namespace rc
