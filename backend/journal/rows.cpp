// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/rows.h"

#include <QtEndian>

#include <sodium.h>

namespace rc {

namespace {

/// The hashed form grows in place; a row is hashed for every append and every verification.
class Encoder
{
public:
    void add(const QByteArray& bytes)
    {
        appendBigEndian(quint32(bytes.size()));
        m_bytes.append(bytes);
    }
    void add(const QString& text) { add(text.toUtf8()); }
    void add(qint64 number)
    {
        appendBigEndian(quint32(sizeof number));
        appendBigEndian(number);
    }
    void addRaw(QByteArrayView bytes) { m_bytes.append(bytes); }
    [[nodiscard]] QByteArray take() { return std::move(m_bytes); }

private:
    template <class Integer>
    void appendBigEndian(Integer number)
    {
        const auto big = qToBigEndian(number);
        m_bytes.append(reinterpret_cast<const char*>(&big), sizeof big);
    }
    QByteArray m_bytes;
};

} // namespace

QByteArray hashedBytes(const Record& record)
{
    Encoder encoder;
    encoder.addRaw("rc-journal-v1");
    encoder.add(record.sequence);
    encoder.add(record.stream);
    encoder.add(record.revision);
    encoder.add(qint64(record.time.time_since_epoch().count()));
    encoder.add(record.operatorId.text());
    encoder.add(record.kind);
    encoder.add(record.bodyBytes);
    encoder.add(record.keyId);
    encoder.addRaw(record.previousHash);
    return encoder.take();
}

QByteArray rowHash(const Record& record)
{
    const auto bytes = hashedBytes(record);
    QByteArray hash(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                       reinterpret_cast<const unsigned char*>(bytes.constData()),
                       static_cast<unsigned long long>(bytes.size()));
    return hash;
}

QByteArray signedBytes(const QByteArray& hash)
{
    return "rc-row-v1" + hash;
}

Status insertRow(Sql& sql, const Record& r)
{
    return sql.run("INSERT INTO journal(sequence, stream, revision, time, operator, kind, body, key_id, previous_hash, "
                   "hash, signature) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   {r.sequence, r.stream, r.revision, qint64(r.time.time_since_epoch().count()), r.operatorId.text(),
                    r.kind, r.bodyBytes, r.keyId, r.previousHash, r.hash, r.signature});
}

Status eachRow(Sql& sql, const QString& tail, const QVariantList& values, const std::function<Status(Record&&)>& take)
{
    const QString select =
        "SELECT sequence, stream, revision, time, operator, kind, body, key_id, previous_hash, hash, "
        "signature FROM journal ";
    return sql.each(select + tail, values, [&](const QSqlQuery& row) {
        return take(Record{.sequence = row.value(0).toLongLong(),
                           .stream = row.value(1).toString(),
                           .revision = row.value(2).toLongLong(),
                           .time = Timestamp(Milliseconds(row.value(3).toLongLong())),
                           .operatorId = OperatorId(row.value(4).toString()),
                           .kind = row.value(5).toString(),
                           .body = {},
                           .bodyBytes = row.value(6).toByteArray(),
                           .previousHash = row.value(8).toByteArray(),
                           .hash = row.value(9).toByteArray(),
                           .keyId = row.value(7).toString(),
                           .signature = row.value(10).toByteArray()});
    });
}

Record withBody(Record record)
{
    record.body = QJsonDocument::fromJson(record.bodyBytes).object();
    return record;
}

Result<Head> readHead(Sql& sql)
{
    const auto row = sql.first("SELECT sequence, hash FROM journal WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1");
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? Head() : Head{row->at(0).toLongLong(), row->at(1).toByteArray()};
}

} // namespace rc
