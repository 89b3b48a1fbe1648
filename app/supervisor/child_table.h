// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/supervisor_client.h"

#include <QObject>
#include <QTimer>

namespace rc {

/// The supervisor's children, kept in a file after every change, so that the next supervisor knows them. Children found
/// in the file that still live (by pid, start time and boot id) are adopted: they are watched and can be stopped, but
/// their exit code goes to someone else.
class ChildTable : public QObject
{
    Q_OBJECT

public:
    /// StoreError if the file is there and cannot be read or understood.
    [[nodiscard]] static Result<std::unique_ptr<ChildTable>> open(const QString& file);

    /// Busy if it runs already, or if processes of its last run are left. A child that could not be recorded is killed.
    [[nodiscard]] Result<ChildRecord> start(const QString& id, const ChildSpec& spec);
    /// CONT, TERM, after the grace KILL, to all that the stop reaches; done when none of it lives. Timeout if even KILL
    /// does not help within five seconds. The table outlives the task.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> stop(QString id, Milliseconds grace, StopReach reach);
    /// WrongState if anything of its session lives.
    [[nodiscard]] Status forget(const QString& id);
    /// The first failure of stopping them all, if there was one.
    [[nodiscard]] QCoro::Task<Status> stopAll(Milliseconds grace);
    [[nodiscard]] Result<ChildRecord> signal(const QString& id, ProcessSignal signal);
    [[nodiscard]] Result<ChildRecord> status(const QString& id);
    [[nodiscard]] QList<ChildRecord> list();
    [[nodiscard]] bool hasRunning();

private:
    explicit ChildTable(QString file);
    /// A supervisor that was killed right after a start left a child that is not in the file, but bears its mark. What
    /// a recorded child started in turn bears that child's mark and is not taken for it.
    void adoptUnrecorded();
    [[nodiscard]] QString markPrefix() const;
    /// Living processes that a stop of the child reaches outside of its session.
    [[nodiscard]] QList<ProcessIdentity> strays(const ChildRecord& child, StopReach reach) const;
    /// Takes exits of children and looks after adopted ones.
    void refresh();
    void markExited(ChildRecord& child, const ChildExit& exit);
    [[nodiscard]] Status save() const;

    QString m_file;
    QMap<QString, ChildRecord> m_children;
    ChildExitWatcher m_exitWatcher;
    /// Nobody tells of the end of an adopted process.
    QTimer m_adoptedTimer;
    QSet<QString> m_adopted;
};

} // namespace rc
