// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/block.h"
#include "backend/prozchain/encoding.h"

namespace rc::prozchain {

namespace {

QByteArray signedBytes(const Transaction& tx, const QString& chainId)
{
    return Encoder("prozchain-tx-v1")
        .bytes(chainId.toUtf8())
        .bytes(tx.sender.view())
        .number(tx.nonce)
        .bytes(tx.key)
        .bytes(tx.value)
        .take();
}

bool isPlainText(const QByteArray& key)
{
    return std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

constexpr auto bodyDomain = "prozchain-txs-v1";

} // namespace

void Transaction::sign(const KeyPair& keys, const QString& chainId)
{
    sender = keys.publicKey();
    signature = keys.sign(signedBytes(*this, chainId));
}

Status Transaction::check(const QString& chainId) const
{
    if (key.isEmpty() || key.size() > maxKey || !isPlainText(key)) {
        return fail(ErrorCode::InvalidInput,
                    QString("A key has 1 to %1 printable ASCII characters without spaces.").arg(maxKey));
    }
    if (key.startsWith("nonce/")) {
        return fail(ErrorCode::InvalidInput, "Keys that begin with nonce/ belong to the chain itself.");
    }
    if (value.size() > maxValue) {
        return fail(ErrorCode::InvalidInput, QString("A value has at most %1 bytes.").arg(maxValue));
    }
    if (!verify(sender, signedBytes(*this, chainId), signature)) {
        return fail(
            ErrorCode::InvalidInput,
            QString("The signature of the transaction for %1 is not its sender's.").arg(QString::fromLatin1(key)));
    }
    return {};
}

QJsonObject Transaction::toJson() const
{
    return {{"sender", sender.toHex()},
            {"nonce", nonce},
            {"key", QString::fromUtf8(key)},
            {"value", QString::fromUtf8(value)},
            {"signature", signature.toHex()}};
}

Result<Transaction> Transaction::fromJson(const QJsonObject& object)
{
    const auto sender = PublicKey::fromHex(object["sender"].toString());
    const auto signature = Signature::fromHex(object["signature"].toString());
    if (!sender || !signature || !object["key"].isString() || !object["value"].isString() ||
        object["nonce"].toInteger() < 1) {
        return fail(ErrorCode::InvalidInput,
                    "A transaction has sender and signature (hex), nonce (from 1), key, value.");
    }
    return Transaction{*sender, object["nonce"].toInteger(), object["key"].toString().toUtf8(),
                       object["value"].toString().toUtf8(), *signature};
}

QByteArray encodeBody(const QList<Transaction>& transactions)
{
    Encoder out(bodyDomain);
    out.number(transactions.size());
    for (const auto& tx : transactions) {
        out.bytes(tx.sender.view()).number(tx.nonce).bytes(tx.key).bytes(tx.value).bytes(tx.signature.view());
    }
    return out.take();
}

Result<QList<Transaction>> decodeBody(QByteArrayView encoded)
{
    Decoder in(encoded, bodyDomain);
    QList<Transaction> transactions;
    for (qint64 left = in.number(); left > 0 && in.ok(); --left) {
        Transaction tx;
        tx.sender = in.fixed<PublicKey>();
        tx.nonce = in.number();
        tx.key = in.bytes();
        tx.value = in.bytes();
        tx.signature = in.fixed<Signature>();
        transactions.append(tx);
    }
    if (!in.finished()) {
        return fail(ErrorCode::InvalidInput, "These bytes are not a list of transactions.");
    }
    return transactions;
}

} // namespace rc::prozchain
