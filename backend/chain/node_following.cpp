// SPDX-License-Identifier: GPL-3.0-or-later
// A released node on its way forward.
#include "backend/chain/node_recovery.h"

#include <QElapsedTimer>

namespace rc {
namespace {

struct Progress
{
    qint64 height = 0;
    /// Why it ended before the height was reached.
    QString stopped = {};
    bool cancelled = false;
};

QString progressLine(qint64 from, qint64 now, qint64 target, qint64 elapsedMs)
{
    if (now >= target) {
        return QString("at %1").arg(now);
    }
    const double rate = double(now - from) * 1000 / double(std::max<qint64>(1, elapsedMs));
    return QString("at %1 of %2, %3 blocks/s, about %4 s left")
        .arg(now)
        .arg(target)
        .arg(rate, 0, 'f', 1)
        .arg(qint64(double(target - now) / rate));
}

QCoro::Task<Progress> waitForHeight(NodeRecovery node, qint64 from, qint64 wanted, Milliseconds limit)
{
    QElapsedTimer clock;
    clock.start();
    QElapsedTimer moved = clock;
    Progress progress{.height = from};
    while (progress.height < wanted && progress.stopped.isEmpty()) {
        auto waiting = pause(node.options.pollInterval, node.operation.cancel);
        progress.cancelled = !co_await waiting;
        if (progress.cancelled) {
            progress.stopped = "cancelled.";
            break;
        }
        auto asking = node.client->head();
        const auto head = co_await asking;
        if (head && head->block.height > progress.height) {
            progress.height = head->block.height;
            moved.restart();
            tell(node, progressLine(from, progress.height, wanted, clock.elapsed()));
        } else if (head && !head->stateError.isEmpty()) {
            progress.stopped = head->stateError;
        } else if (Milliseconds(clock.elapsed()) > limit || Milliseconds(moved.elapsed()) > node.options.stallTimeout) {
            progress.stopped =
                head ? QString("no new block for %1 s.").arg(moved.elapsed() / 1000) : head.error().message;
        }
    }
    co_return progress;
}

/// Releases the node and waits for a height.
QCoro::Task<Progress> releaseAndWait(NodeRecovery node, qint64 from, qint64 wanted, Milliseconds limit)
{
    auto releasing = node.client->release();
    const auto released = co_await releasing;
    if (!released) {
        co_return Progress{.height = from, .stopped = released.error().message};
    }
    auto waiting = waitForHeight(node, from, wanted, limit);
    co_return co_await waiting;
}

/// Verifies a height that the quorum may be about to reach. Nothing, if it was cancelled before that was decided.
QCoro::Task<std::optional<StateVerificationResult>> verifyOnTop(NodeRecovery node, qint64 height)
{
    QElapsedTimer clock;
    clock.start();
    while (true) {
        auto verifying = verifyState(node, height);
        const auto verified = co_await verifying;
        const bool decided = verified.success || !verified.quorumState.isEmpty();
        if (decided || Milliseconds(clock.elapsed()) > node.options.acceptTimeout) {
            co_return verified;
        }
        auto waiting = pause(node.options.pollInterval, node.operation.cancel);
        const bool goOn = co_await waiting;
        if (!goOn) {
            co_return std::nullopt;
        }
    }
}

void appendSync(NodeRecovery& node, qint64 from, const Progress& progress, const QString& details)
{
    node.operations.append(BlockSyncResult{.system = node.system,
                                           .fromHeight = from,
                                           .toHeight = progress.height,
                                           .blocksSynced = progress.height - from,
                                           .timestamp = node.options.clock(),
                                           .success = progress.stopped.isEmpty(),
                                           .details = details});
    node.cancelled = progress.cancelled;
}

} // namespace

QCoro::Task<NodeRecovery> syncForward(NodeRecovery node, qint64 from)
{
    const qint64 wanted = node.target.height;
    node.moved = true;
    tell(node, QString("syncing forward from %1 to %2").arg(from).arg(wanted));
    auto following = releaseAndWait(node, from, wanted, node.options.syncTimeout);
    const auto progress = co_await following;
    if (!progress.stopped.isEmpty()) {
        appendSync(node, from, progress,
                   QString("%1 did not sync to height %2, it is at %3: %4")
                       .arg(node.system.text())
                       .arg(wanted)
                       .arg(progress.height)
                       .arg(progress.stopped));
        co_return node;
    }
    appendSync(node, from, progress,
               QString("Synced %1 blocks to height %2").arg(progress.height - from).arg(progress.height));
    auto verifying = verifyState(node, wanted);
    const auto verified = co_await verifying;
    auto judging = judge(node, verified);
    co_return co_await judging;
}

QCoro::Task<NodeRecovery> releaseAndFollow(NodeRecovery node)
{
    if (!node.verified || node.cancelled) {
        co_return node;
    }
    const qint64 base = node.target.height;
    tell(node, QString("waiting for a block on top of %1").arg(base));
    auto following = releaseAndWait(node, base, base + 1, node.options.acceptTimeout);
    const auto progress = co_await following;
    if (!progress.stopped.isEmpty()) {
        appendSync(node, base, progress,
                   QString("%1 has accepted no block on top of height %2: %3")
                       .arg(node.system.text())
                       .arg(base)
                       .arg(progress.stopped));
        co_return node;
    }
    appendSync(node, base, progress,
               QString("Accepted %1 blocks on top of height %2").arg(progress.height - base).arg(base));
    auto verifying = verifyOnTop(node, base + 1);
    const auto verified = co_await verifying;
    if (!verified) {
        node.cancelled = true;
        co_return node;
    }
    auto judging = judge(node, *verified);
    co_return co_await judging;
}

} // namespace rc
