// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

#include <deque>
#include <optional>
#include <queue>
#include <set>

namespace rc {

/// A step as it waits for one of the places in which automated steps run. Times count from now.
struct Job
{
    using Node = DependencyGraph::Node;
    using Time = std::chrono::milliseconds;

    enum class State {
        Done,
        Running,
        ToCome,
    };
    State state = State::Done;
    /// People's waiting, from when all that it needs is done.
    Time waiting{0};
    /// From its start; of one that runs: from now.
    Time work{0};
    /// Automated; what people do takes none.
    bool takesPlace = false;
    /// Of those that are ready the lower one is first, then the one declared first.
    int rank = 0;
    /// Numbers of the systems that it alone may work at meanwhile.
    std::vector<int> systems;

    // What Places finds out.
    /// What it needs is done, and people have done their part. Nothing where steps wait for each other in a circle.
    std::optional<Time> ready;
    Time start{0};
    Time end{0};
    /// Whose end let it start, where it was ready before; or -1.
    Node queuedBehind = -1;
    /// Those whose place or systems it has: if one of them is late, so may this one be.
    std::vector<Node> placeOf;
};

/// Finds out when each job starts where so many places are there, in the order in which an armed plan starts its steps:
/// whenever something ends, as many of those that are ready as there are free places, the first by rank. One of them
/// that finds a system taken is passed over, and looked at again when the next one ends. A job that runs has its place;
/// more may run than there are places, for a person starts what they want.
///
/// The work is linear but for the order of those that are ready or end at the same time.
class Places
{
public:
    using Node = Job::Node;
    using Time = Job::Time;

    /// Both are to outlive it.
    Places(const DependencyGraph& needs, std::vector<Job>& jobs, int places);

    /// The jobs that are not done in an order in which each comes after those it waits for.
    [[nodiscard]] std::vector<Node> place();

private:
    enum class Event {
        End,
        Ready,
    };
    struct Moment
    {
        Time time;
        Event event;
        Node node;

        friend auto operator<=>(const Moment&, const Moment&) = default;
    };

    void freeIfNeedsAreDone(Node node);
    void happen(const Moment& moment);
    void leave(Node node);
    void fill();
    bool look();
    void givePlace(Node node);
    void start(Node node);
    [[nodiscard]] bool isBusy(Node node) const;
    [[nodiscard]] Node whoseEndLetItStart(Node node, Node before) const;

    const DependencyGraph& m_needs;
    std::vector<Job>& m_jobs;
    std::vector<int> m_missing;
    Time m_now{0};
    /// Negative while more run than may.
    int m_free;
    /// Who had the free places, those first that are free for longest; -1: nobody.
    std::deque<Node> m_lastIn;
    /// Those that have ended and left no place, for too many ran.
    std::vector<Node> m_tooMany;
    Node m_lastOut = -1;
    struct System
    {
        int takenBy = 0;
        Node lastHad = -1;
    };
    std::vector<System> m_systems;
    std::set<std::pair<int, Node>> m_queue;
    std::priority_queue<Moment, std::vector<Moment>, std::greater<>> m_moments;
    std::vector<Node> m_order;
};

} // namespace rc
