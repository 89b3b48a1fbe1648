// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"
#include "backend/platform/files.h"
#include "model/base/clock_flag.h"

#include <QRegularExpression>

namespace rc::ctl {
namespace {

QJsonObject recordJson(const Record& record)
{
    return {
        {"sequence", record.sequence},
        {"stream", record.stream},
        {"revision", record.revision},
        {"time", toRfc3339(record.time)},
        {"operator", record.operatorId.text()},
        {"kind", record.kind},
        {"body", record.body},
        {"previous_hash", QString::fromLatin1(record.previousHash.toHex())},
        {"hash", QString::fromLatin1(record.hash.toHex())},
        {"key_id", record.keyId},
        {"signature", QString::fromLatin1(record.signature.toHex())},
    };
}

Result<QList<Record>> recordsFor(const Invocation& call)
{
    const auto from = numberOption(call, "from", 1);
    const auto limit = numberOption(call, "limit", 1);
    if (!from || !limit) {
        return std::unexpected(!from ? from.error() : limit.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    if (!call.has("stream")) {
        return call.desk.journal().readAll(from->value_or(1), limit->value_or(1000));
    }
    auto records = call.desk.journal().read(call.value("stream"), from->value_or(1));
    if (records) {
        records->resize(std::min<qsizetype>(records->size(), limit->value_or(1000)));
    }
    return records;
}

Reply list(const Invocation& call)
{
    const auto records = recordsFor(call);
    if (!records) {
        return std::unexpected(records.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& record : *records) {
        json.append(recordJson(record));
        rows.append({QString::number(record.sequence), toRfc3339(record.time), record.operatorId.text(), record.stream,
                     record.kind});
        if (const auto flag = ClockFlag::of(record.sequence, record.time, record.body)) {
            rows.last().append(flag->sentence());
        }
    }
    return Answer{json, table({"SEQ", "TIME", "OPERATOR", "STREAM", "KIND", "CLOCK"}, rows)};
}

Reply head(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto info = call.desk.journal().info();
    if (!info) {
        return std::unexpected(info.error());
    }
    const QJsonObject json{{"records", info->records},
                           {"head_hash", QString::fromLatin1(info->head.hash.toHex())},
                           {"checkpoint", info->checkpoint.sequence}};
    return Answer{json, fields(json, {"records", "head_hash", "checkpoint"})};
}

/// `--head` with or without `--records`; nothing if no head was kept.
Result<std::optional<Head>> keptHead(const Invocation& call)
{
    const auto records = numberOption(call, "records", 1);
    if (!records) {
        return std::unexpected(records.error());
    }
    if (!call.has("head")) {
        return *records ? fail(ErrorCode::InvalidInput, "--records belongs to a head; give --head HASH too.")
                        : Result<std::optional<Head>>(std::nullopt);
    }
    static const QRegularExpression digits("^[0-9A-Fa-f]{64}$");
    const QString hash = call.value("head");
    if (!digits.match(hash).hasMatch()) {
        return fail(ErrorCode::InvalidInput, QString("--head is '%1', expected 64 hexadecimal digits.").arg(hash));
    }
    return Head{records->value_or(0), QByteArray::fromHex(hash.toLatin1())};
}

QString textOf(const Verification& verification)
{
    return verification.ok ? QString("All %1 records are sound.").arg(verification.records) : verification.reason;
}

Reply verify(const Invocation& call)
{
    const auto kept = keptHead(call);
    if (!kept) {
        return std::unexpected(kept.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto verification = call.desk.journal().verify(VerifyFrom::Start, *kept);
    if (!verification) {
        return std::unexpected(verification.error());
    }
    return Answer{verification->toJson(), textOf(*verification), verification->ok ? 0 : 1};
}

Reply exportRecords(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    QByteArray lines;
    qint64 count = 0;
    for (qint64 from = 1;;) {
        const auto records = call.desk.journal().readAll(from, 1000);
        if (!records) {
            return std::unexpected(records.error());
        }
        if (records->isEmpty()) {
            break;
        }
        for (const auto& record : *records) {
            lines += canonicalJson(recordJson(record)) + "\n";
        }
        count += records->size();
        from = records->last().sequence + 1;
    }
    const QString path = call.value("output");
    if (path.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "Say where to: -o FILE.");
    }
    if (const auto written = writeFileAtomically(path, lines); !written) {
        return std::unexpected(written.error());
    }
    return Answer{QJsonObject{{"path", path}, {"records", count}, {"sha256", sha256Hex(lines)}},
                  QString("%1 records written to %2.").arg(count).arg(path)};
}

Reply info(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto store = call.desk.journal().info();
    if (!store) {
        return std::unexpected(store.error());
    }
    const auto json = store->toJson();
    return Answer{json, fields(json, json.keys())};
}

Reply backup(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto copied = call.desk.journal().backup(call.argument(0));
    if (!copied) {
        return std::unexpected(copied.error());
    }
    if (!copied->ok) {
        return fail(ErrorCode::VerificationFailed,
                    QString("No copy was made, because the store is not sound. %1").arg(copied->reason),
                    copied->toJson());
    }
    auto json = copied->toJson();
    json["path"] = call.argument(0);
    return Answer{json,
                  QString("%1 records copied to %2 and verified there.").arg(copied->records).arg(call.argument(0))};
}

Reply rebuild(const Invocation& call)
{
    if (const auto opened = call.desk.openForWriting(); !opened) {
        return std::unexpected(opened.error());
    }
    if (const auto rebuilt = call.desk.journal().rebuild(); !rebuilt) {
        return std::unexpected(rebuilt.error());
    }
    return Answer{QJsonObject{{"rebuilt", true}}, "All projections were made anew from the journal."};
}

} // namespace

QList<Command> journalCommands()
{
    const QCommandLineOption from("from", "Begin with this sequence (or revision, with --stream).", "N");
    return {
        {"journal list",
         "",
         "The records in order.",
         {from, {"limit", "At most so many (1000).", "N"}, {"stream", "Only this stream.", "STREAM"}},
         immediate(list)},
        {"journal head", "", "The last record; keep it elsewhere to notice a cut tail.", {}, immediate(head)},
        {"journal verify",
         "",
         "Checks every hash and every signature; names the first bad record.",
         {{"head", "A head hash that was kept elsewhere must be in the journal.", "HASH"},
          {"records", "The number of records at that head (anywhere, if not said).", "N"}},
         immediate(verify)},
        {"journal export",
         "",
         "All records, a JSON object a line.",
         {{QStringList{"o", "output"}, "The file to write.", "FILE"}},
         immediate(exportRecords)},
        {"store info", "", "Identity, size and schema of the store.", {}, immediate(info)},
        {"store backup", "FILE", "A verified copy.", {}, immediate(backup)},
        {"store rebuild", "", "Makes the projections anew from the journal.", {}, immediate(rebuild)},
    };
}

} // namespace rc::ctl
