// SPDX-License-Identifier: GPL-3.0-or-later
// bench_journal [DIRECTORY] [--json]: durable appends beside a bare SQLite loop, and verification beside bare SHA-256
// and bare Ed25519 over the same bytes. Rounds of both are interleaved; medians of five.
#include "backend/identity/identity_service.h"
#include "backend/journal/rows.h"
#include "tests/bench/journal/bare_store.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

#include <sodium.h>

using namespace rc;

namespace {

constexpr int Rounds = 5;
constexpr int PerRound = 400;

template <class T>
T must(Result<T>&& result)
{
    if (!result) {
        qFatal("%s", qPrintable(result.error().message));
    }
    return std::move(*result);
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// Calls per second.
template <class Work>
double rate(int count, const Work& work)
{
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i) {
        work(i);
    }
    return double(count) * 1e9 / double(timer.nsecsElapsed());
}

NewEvent event(int number)
{
    return {QString("plan/PLAN-%1").arg(number % 7),
            "step_succeeded",
            {{"step", "rollback"}, {"attempt", 1}, {"number", number}, {"message", QString(160, 'm')}}};
}

QJsonObject benchAppends(Journal& journal, Session& session, const QString& folder)
{
    bench::BareStore bare(folder + "/bare.db");
    QList<double> own;
    QList<double> yardstick;
    for (int round = 0; round < Rounds; ++round) {
        QList<Record> written;
        own.append(rate(PerRound, [&](int i) {
            const auto next = event(i);
            const auto revision = must(journal.revision(next.stream));
            written.append(must(journal.append({.events = {next}, .expected = {{next.stream, revision}}}, session)));
        }));
        yardstick.append(rate(PerRound, [&](int i) { bare.commit(written.at(i)); }));
    }
    return {{"appends_per_second", median(own)},
            {"bare_sqlite_per_second", median(yardstick)},
            {"append_ratio", median(own) / median(yardstick)}};
}

QJsonObject benchVerification(Journal& journal)
{
    const auto records = must(journal.readAll(1, 1'000'000));
    QByteArrayList hashed;
    for (const auto& record : records) {
        hashed.append(hashedBytes(record));
    }
    QList<double> own;
    QList<double> sha;
    QList<double> ed25519;
    for (int round = 0; round < Rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        const auto found = must(journal.verify(VerifyFrom::Start));
        own.append(double(found.records) * 1e9 / double(timer.nsecsElapsed()));
        unsigned char out[crypto_hash_sha256_BYTES];
        sha.append(rate(int(records.size()), [&](int i) {
            crypto_hash_sha256(out, reinterpret_cast<const unsigned char*>(hashed.at(i).constData()),
                               static_cast<unsigned long long>(hashed.at(i).size()));
        }));
        ed25519.append(rate(int(records.size()), [&](int i) {
            const auto& record = records.at(i);
            if (!isSignedBy(record.keyId, signedBytes(record.hash), record.signature)) {
                qFatal("a signature is wrong");
            }
        }));
    }
    const double bareBoth = 1.0 / (1.0 / median(sha) + 1.0 / median(ed25519));
    return {{"records", records.size()},
            {"verified_per_second", median(own)},
            {"bare_sha256_per_second", median(sha)},
            {"bare_ed25519_per_second", median(ed25519)},
            {"verification_ratio", median(own) / bareBoth}};
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    auto arguments = QCoreApplication::arguments().mid(1);
    const bool json = arguments.removeAll("--json") > 0;
    const QTemporaryDir folder((arguments.isEmpty() ? QDir::tempPath() : arguments.first()) + "/bench-journal-XXXXXX");
    const auto journal = must(Journal::open(folder.filePath("home"), {.mode = OpenMode::Create}));
    IdentityService people(*journal);
    const Passphrase secret("not a secret at all");
    must(people.addOperator({}, {.id = OperatorId("bench"), .name = "Bench", .cost = Cost::Minimal}, secret));
    const auto session = must(people.signIn(OperatorId("bench"), secret));

    auto result = benchAppends(*journal, *session, folder.path());
    const auto verification = benchVerification(*journal);
    for (auto it = verification.begin(); it != verification.end(); ++it) {
        result[it.key()] = it.value();
    }
    if (json) {
        std::printf("%s\n", QJsonDocument(result).toJson().constData());
        return 0;
    }
    for (auto it = result.begin(); it != result.end(); ++it) {
        std::printf("%-26s %12.2f\n", qPrintable(it.key()), it.value().toDouble());
    }
    return 0;
}
