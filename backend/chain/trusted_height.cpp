// SPDX-License-Identifier: GPL-3.0-or-later
// NetworkView::findTrustedHeight.
#include "backend/chain/network_view.h"

namespace rc {
namespace {

struct Search
{
    NetworkView view;
    QList<SystemId> systems = {};
    /// Not asked for the quorum.
    QList<SystemId> untrusted = {};
    CancelToken cancel = {};
};

struct Judgement
{
    bool good = false;
    AgreementGroup quorum = {};
};

/// Everybody is asked, the systems in question too.
bool asksThemselves(const Search& search)
{
    return search.view.trusted(search.untrusted).size() == search.view.nodes().size();
}

/// Whether all systems agree with the quorum at a height. Where everybody is asked and there is no quorum, they do not.
QCoro::Task<Result<Judgement>> judge(Search search, qint64 height)
{
    std::vector<QCoro::Task<Result<StateRoots>>> asking;
    for (const auto& system : search.systems) {
        const auto client = *search.view.client(system);
        asking.push_back(client->stateRoots(height));
    }
    auto trusting = search.view.quorumAt(height, search.untrusted);
    const auto quorum = co_await trusting;
    if (!quorum && (!asksThemselves(search) || quorum.error().code != ErrorCode::TargetInvalid)) {
        co_return std::unexpected(quorum.error());
    }
    Judgement judgement{.good = quorum.has_value(), .quorum = quorum.value_or(AgreementGroup())};
    for (auto& task : asking) {
        const auto roots = co_await task;
        if (!roots) {
            co_return std::unexpected(roots.error());
        }
        judgement.good = judgement.good && roots->consistent() && judgement.quorum.agreesWith(*roots);
    }
    co_return judgement;
}

struct Range
{
    qint64 lowest = 0;
    qint64 highest = 0;
};

/// From the earliest height all have to the lowest head of the systems, not above the quorum of the others.
QCoro::Task<Result<Range>> rangeOf(Search search)
{
    std::vector<QCoro::Task<Result<ChainHead>>> asking;
    for (const auto& system : search.systems) {
        const auto client = *search.view.client(system);
        asking.push_back(client->head());
    }
    NetworkHeads others;
    std::vector<QCoro::Task<Result<ChainHead>>> askingOthers;
    for (const auto& node : search.view.trusted(search.untrusted)) {
        others.totalWeight += node.weight;
        if (node.client) {
            others.nodes.append({.system = node.system, .weight = node.weight});
            askingOthers.push_back(node.client->head());
        }
    }
    Range range{.lowest = 0, .highest = std::numeric_limits<qint64>::max()};
    for (auto& task : asking) {
        const auto head = co_await task;
        if (!head) {
            co_return std::unexpected(head.error());
        }
        range.highest = std::min(range.highest, head->block.height);
        range.lowest = std::max(range.lowest, head->earliestHeight);
    }
    for (qsizetype i = 0; i < others.nodes.size(); ++i) {
        const auto head = co_await askingOthers[i];
        if (head) {
            others.nodes[i].head = *head;
            range.lowest = std::max(range.lowest, head->earliestHeight);
        }
    }
    if (others.quorumHeight() < 0) {
        co_return fail(ErrorCode::Unreachable, "Too few of the trusted nodes answer to say which height is good.");
    }
    range.highest = std::min(range.highest, others.quorumHeight());
    co_return range;
}

QCoro::Task<Result<TrustedHeight>> bisect(Search search)
{
    auto ranging = rangeOf(search);
    const auto range = co_await ranging;
    if (!range) {
        co_return std::unexpected(range.error());
    }
    TrustedHeight trusted;
    qint64 good = range->lowest - 1;
    qint64 bad = range->highest + 1;
    qint64 next = range->highest; // most often there is nothing to find
    while (bad - good > 1) {
        if (search.cancel.isCancelled()) {
            co_return fail(ErrorCode::Cancelled, "The search for the newest trusted height was cancelled.");
        }
        auto judging = judge(search, next);
        const auto judgement = co_await judging;
        if (!judgement) {
            co_return std::unexpected(judgement.error());
        }
        if (judgement->good) {
            good = next;
            trusted.block = {next, judgement->quorum.hash};
        } else {
            bad = next;
            trusted.firstBadHeight = next;
        }
        next = good + (bad - good) / 2;
    }
    if (good < range->lowest) {
        co_return fail(ErrorCode::TargetInvalid,
                       QString("No height is good on every node named: they differ from the quorum from %1 on, the "
                               "lowest they have.")
                           .arg(range->lowest));
    }
    co_return trusted;
}

QCoro::Task<Result<TrustedHeight>> trust(Search search, qint64 height)
{
    auto trusting = search.view.quorumAt(height, search.untrusted);
    const auto quorum = co_await trusting;
    if (!quorum) {
        co_return std::unexpected(quorum.error());
    }
    co_return TrustedHeight{.block = {height, quorum->hash}};
}

QCoro::Task<Result<TrustedHeight>> refuse(Error error)
{
    co_return std::unexpected(error);
}

} // namespace

QCoro::Task<Result<TrustedHeight>> NetworkView::findTrustedHeight(const QList<SystemId>& systems,
                                                                  std::optional<qint64> height,
                                                                  const QList<SystemId>& untrusted,
                                                                  CancelToken cancel) const
{
    if (systems.isEmpty()) {
        return refuse({ErrorCode::InvalidInput, "No system was named.", {}});
    }
    for (const auto& system : systems) {
        if (const auto known = client(system); !known) {
            return refuse(known.error());
        }
    }
    const Search search{
        .view = *this, .systems = systems, .untrusted = untrusted + systems, .cancel = std::move(cancel)};
    return height ? trust(search, *height) : bisect(search);
}

} // namespace rc
