// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/identity_service.h"
#include "backend/journal/device_signer.h"
#include "backend/journal/journal.h"

#include <QTemporaryDir>
#include <QTest>

namespace rc::test {

/// The first of January 2026, from where test clocks start.
inline constexpr Timestamp Start{Milliseconds(1'767'225'600'000)};

inline const QString Secret = "correct horse battery";

/// A store of its own in a temporary home, with a clock the test holds.
class Store
{
public:
    explicit Store(QList<std::shared_ptr<Projection>> projections = {})
        : m_projections(std::move(projections))
    {
        open();
    }

    void open(OpenMode mode = OpenMode::Create)
    {
        m_journal.reset();
        auto opened = Journal::open(home(), {.mode = mode,
                                             .clock = [this] { return now; },
                                             .uptime = [this] { return uptime(); },
                                             .projections = m_projections});
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().message));
        }
        m_journal = std::move(*opened);
    }
    void close() { m_journal.reset(); }

    [[nodiscard]] QString home() const { return m_directory.filePath("home"); }
    [[nodiscard]] QString file() const { return home() + "/store.db"; }
    [[nodiscard]] Journal& journal() { return *m_journal; }
    [[nodiscard]] IdentityService people() { return IdentityService(*m_journal); }

    /// Adds an operator; the first one founds the store and is an administrator.
    Operator add(const QString& id, const QList<Role>& roles, const std::optional<SecurityContext>& by = {})
    {
        return must(people().addOperator(
            by, {.id = OperatorId(id), .name = id.toUpper(), .roles = roles, .cost = Cost::Minimal},
            Passphrase(Secret)));
    }
    SecurityContext signIn(const QString& id)
    {
        return must(people().context(must(people().signIn(OperatorId(id), Passphrase(Secret)))));
    }
    /// One event by a session.
    Record note(Session& session, const QString& stream, const QString& text)
    {
        return must(m_journal->append({.events = {{stream, "noted", {{"text", text}}}}}, session)).first();
    }

    template <class T>
    static T must(Result<T>&& result)
    {
        if (!result) {
            qFatal("%s", qPrintable(result.error().message));
        }
        return std::move(*result);
    }

    /// Somebody sets the clock, and no time passes. Whoever changes `now` lets that much time pass.
    void setClock(Milliseconds by)
    {
        now += by;
        m_set += by;
    }
    [[nodiscard]] Uptime uptime() const { return {boot, now - Start - m_set}; }

    Timestamp now = Start;
    /// Which start of the machine it is.
    QString boot = "boot-1";

private:
    QTemporaryDir m_directory;
    QList<std::shared_ptr<Projection>> m_projections;
    std::unique_ptr<Journal> m_journal;
    Milliseconds m_set{0};
};

/// Writes into a store file behind the journal's back.
inline void tamper(const QString& file, const QString& statement, const QVariantList& values = {})
{
    const auto sql = Sql::open(file, SqlMode::ReadWrite);
    QVERIFY2(sql.has_value(), "cannot open");
    const auto done = (*sql)->run(statement, values);
    QVERIFY2(done.has_value(),
             done ? "" : qPrintable(done.error().message + done.error().details["sqlite_message"].toString()));
}

} // namespace rc::test
