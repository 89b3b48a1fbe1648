// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/signer.h"

#include "backend/platform/files.h"
#include "backend/prozchain/steps.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace rc::prozchain {

namespace {

constexpr std::pair<VoteStep, const char*> steps[] = {
    {VoteStep::Propose, "propose"}, {VoteStep::Prevote, "prevote"}, {VoteStep::Precommit, "precommit"}};

} // namespace

QJsonObject SigningState::toJson() const
{
    QJsonObject object{{"height", height}, {"round", round}, {"locked_round", lockedRound}};
    for (const auto& [step, name] : steps) {
        if (const auto found = signedBlocks.find(step); found != signedBlocks.end()) {
            object[QLatin1StringView(name)] = found->second.toHex();
        }
    }
    if (locked) {
        object["locked_block"] = QString::fromLatin1(locked->encode().toBase64());
    }
    return object;
}

Result<SigningState> SigningState::fromJson(const QJsonObject& object)
{
    SigningState state{
        object["height"].toInteger(-1), object["round"].toInteger(-2), {}, object["locked_round"].toInteger(-2), {}};
    bool good = state.height >= 0 && state.round >= -1 && state.lockedRound >= -1;
    for (const auto& [step, name] : steps) {
        const auto value = object[QLatin1StringView(name)];
        const auto hash = Hash::fromHex(value.toString());
        good = good && (value.isUndefined() || hash);
        if (hash) {
            state.signedBlocks[step] = *hash;
        }
    }
    if (object.contains("locked_block")) {
        const auto block = Block::decode(QByteArray::fromBase64(object["locked_block"].toString().toLatin1()));
        good = good && block;
        if (block) {
            state.locked = *block;
        }
    }
    if (!good) {
        return fail(ErrorCode::StoreError, "it is damaged; without it this validator must not sign.");
    }
    return state;
}

QString Signer::fileIn(const QString& dataDirectory)
{
    return QDir(dataDirectory).filePath("signing_state.json");
}

Signer::Signer(QString path, const KeyPair& keys, QString chainId)
    : m_path(std::move(path))
    , m_keys(keys)
    , m_chainId(std::move(chainId))
{
}

Result<Signer> Signer::open(const QString& dataDirectory, const KeyPair& keys, const QString& chainId,
                            qint64 headHeight)
{
    Signer signer(fileIn(dataDirectory), keys, chainId);
    if (!QFileInfo::exists(signer.m_path)) {
        if (headHeight > 0) {
            return fail(ErrorCode::WrongState,
                        QString("%1 is missing while the chain stands at block %2: nobody knows what this validator "
                                "has signed, so it does not sign.")
                            .arg(signer.m_path)
                            .arg(headHeight));
        }
        const auto written = writeFileAtomically(signer.m_path, QJsonDocument(signer.m_state.toJson()).toJson());
        return thenReturn(written, [&] { return signer; });
    }
    const auto bytes = readFile(signer.m_path);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    const auto state = SigningState::fromJson(QJsonDocument::fromJson(*bytes).object());
    if (!state) {
        return fail(state.error().code, QString("%1: %2").arg(signer.m_path, state.error().message));
    }
    signer.m_state = *state;
    return signer;
}

Result<Signature> Signer::sign(const Vote& vote, const std::optional<Block>& locked)
{
    const auto refuse = [&](const QString& why) {
        return fail(ErrorCode::Conflict,
                    QString("Refused to sign height %1 round %2: %3").arg(vote.height).arg(vote.round).arg(why));
    };
    const std::pair now(vote.height, vote.round);
    const std::pair last(m_state.height, m_state.round);
    if (now < last) {
        return refuse(QString("height %1 round %2 is signed already.").arg(last.first).arg(last.second));
    }
    SigningState next = m_state;
    if (now > last) {
        next.height = vote.height;
        next.round = vote.round;
        next.signedBlocks.clear();
    }
    if (vote.height > m_state.height) {
        next.lockedRound = -1;
        next.locked.reset();
    }
    const auto same = next.signedBlocks.find(vote.step);
    if (same != next.signedBlocks.end() && same->second != vote.block) {
        return refuse("another block is signed for this step.");
    }
    if (same == next.signedBlocks.end() && !next.signedBlocks.empty() &&
        next.signedBlocks.rbegin()->first > vote.step) {
        return refuse("a later step is signed already.");
    }
    next.signedBlocks[vote.step] = vote.block;
    if (locked) {
        next.lockedRound = vote.round;
        next.locked = *locked;
    }
    if (next != m_state) {
        const auto written = writeFileAtomically(m_path, QJsonDocument(next.toJson()).toJson());
        if (!written) {
            return std::unexpected(written.error());
        }
        m_state = std::move(next);
    }
    return m_keys.sign(vote.signedBytes(m_chainId));
}

} // namespace rc::prozchain
