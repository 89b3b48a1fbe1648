// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/network_view.h"

#include <QCoroTimer>

#include <array>

namespace rc::test {

/// Block and state of the one true chain.
inline BlockId trueBlock(qint64 height)
{
    return {height, QString("hash-%1").arg(height)};
}
inline QString trueState(qint64 height)
{
    return QString("state-%1").arg(height);
}

/// A node in memory. It syncs a few blocks towards the network's height each time it is asked for its head, as long as
/// it is not held and its state is good.
class FakeNode : public ChainClient
{
public:
    FakeNode(QString name, const qint64& networkHeight)
        : m_name(std::move(name))
        , m_networkHeight(networkHeight)
        , height(networkHeight)
    {
    }

    [[nodiscard]] ChainCapabilities capabilities() const override { return {true, canHold, true}; }

    [[nodiscard]] QCoro::Task<Result<ChainHead>> head() override
    {
        co_await QCoro::sleepFor(Milliseconds(0));
        if (down) {
            co_return gone();
        }
        const bool good = height < badFrom || syncsBad;
        if (!held && good && !stuck) {
            height = std::max(height, std::min(m_networkHeight, height + 3));
        }
        co_return ChainHead{.system = SystemId(m_name),
                            .block = block(height),
                            .stateHash = trueState(height),
                            .earliestHeight = earliest,
                            .held = held,
                            .stateError = good || !complains ? QString() : QString("state is bad")};
    }
    [[nodiscard]] QCoro::Task<Result<BlockInfo>> blockAt(qint64 at) override
    {
        co_await QCoro::sleepFor(Milliseconds(0));
        if (at > height || at < earliest) {
            co_return fail(ErrorCode::NotFound, QString("%1 has no block %2.").arg(m_name).arg(at));
        }
        co_return BlockInfo{block(at), Timestamp(Milliseconds(1000 * at))};
    }
    [[nodiscard]] QCoro::Task<Result<StateRoots>> stateRoots(qint64 at) override
    {
        ++stateQuestions;
        co_await QCoro::sleepFor(Milliseconds(0));
        afterQuestion();
        if (down) {
            co_return gone();
        }
        if (at > height || at < earliest) {
            co_return fail(ErrorCode::NotFound, QString("%1 has no block %2.").arg(m_name).arg(at));
        }
        co_return StateRoots{block(at), trueState(at), at < badFrom ? trueState(at) : QString("bad")};
    }
    [[nodiscard]] QCoro::Task<Status> hold() override
    {
        co_await QCoro::sleepFor(Milliseconds(0));
        held = held || !holdsNot;
        if (holdsLate || holdsNot) {
            co_return fail(ErrorCode::Timeout, QString("%1 did not answer.").arg(m_name));
        }
        co_return Status();
    }
    [[nodiscard]] QCoro::Task<Status> release() override
    {
        co_await QCoro::sleepFor(Milliseconds(0));
        held = false;
        co_return Status();
    }
    [[nodiscard]] QCoro::Task<Status> rollbackTo(BlockId target) override
    {
        ++rollbacks;
        co_await QCoro::sleepFor(Milliseconds(0));
        if (!lies) {
            height = target.height;
            badFrom = target.height < badFrom ? never : badFrom;
            forkFrom = target.height < forkFrom ? never : forkFrom;
        }
        co_return Status();
    }

    static constexpr qint64 never = 1'000'000'000;

private:
    [[nodiscard]] BlockId block(qint64 at) const
    {
        return at < forkFrom ? trueBlock(at) : BlockId{at, QString("fork-%1").arg(at)};
    }
    [[nodiscard]] std::unexpected<Error> gone() const
    {
        return fail(ErrorCode::Unreachable, QString("%1 cannot be reached.").arg(m_name));
    }

    QString m_name;
    const qint64& m_networkHeight;

public:
    qint64 height;
    qint64 earliest = 0;
    /// From here on its values are not what the headers say; a rollback below heals.
    qint64 badFrom = never;
    qint64 forkFrom = never;
    bool held = false;
    bool down = false;
    bool stuck = false;
    /// Answers "done" to a rollback and does nothing.
    bool lies = false;
    bool complains = false;
    bool canHold = true;
    /// Its answer to a hold does not come; it holds all the same, or it does not.
    bool holdsLate = false;
    bool holdsNot = false;
    /// Syncs on over a state that is bad, and says nothing.
    bool syncsBad = false;
    /// Called when it answers what its state is.
    std::function<void()> afterQuestion = [] {};
    int rollbacks = 0;
    int stateQuestions = 0;
};

/// Four nodes that agree, v1 to v4, at height 100.
struct FakeNetwork
{
    explicit FakeNetwork(qint64 at = 100)
        : height(at)
    {
        for (int i = 0; i < 4; ++i) {
            nodes[i] = std::make_shared<FakeNode>(id(i + 1).text(), height);
        }
    }
    FakeNetwork(const FakeNetwork&) = delete;
    FakeNetwork& operator=(const FakeNetwork&) = delete;

    [[nodiscard]] static SystemId id(int number) { return SystemId(QString("v%1").arg(number)); }
    [[nodiscard]] FakeNode& node(int number) { return *nodes[number - 1]; }
    [[nodiscard]] NetworkView view() const
    {
        QList<NetworkNode> list;
        for (int i = 0; i < 4; ++i) {
            list.append({.system = id(i + 1), .weight = 1, .client = nodes[i]});
        }
        return NetworkView(list);
    }

    /// A block on which all free and good nodes that are at the network's height agree.
    void makeBlock()
    {
        ++height;
        for (const auto& node : nodes) {
            const bool follows = !node->held && !node->stuck && (node->syncsBad || node->height < node->badFrom);
            node->height += follows && node->height == height - 1 ? 1 : 0;
        }
    }

    qint64 height;
    std::array<std::shared_ptr<FakeNode>, 4> nodes;
};

} // namespace rc::test
