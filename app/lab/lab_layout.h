// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/enums.h"
#include "model/base/error.h"

#include <QList>
#include <QStringList>
#include <QUrl>

namespace rc::lab {

struct LabOptions
{
    QString chainId = "prozchain-practice";
    int validators = 4;
    qint64 blockIntervalMs = 1000;
    qint64 timeoutMs = 1000;
    qint64 timeoutStepMs = 500;
};

/// One process of the practice network, as the supervisor and the inventory need it.
struct LabSystem
{
    QString id;
    SystemType type = SystemType::Service;
    /// The program's file name, without a directory.
    QString program;
    QStringList arguments;
    /// HOME/lab/ID, with config/, data/ and secret files.
    QString directory;
    /// HOME/logs/ID.log, what the process says.
    QString log;
    QString configFile;
    QString dataDirectory;
    /// Empty if the system has none.
    QString adminTokenFile;
    quint16 port = 0;
    QUrl healthUrl;
    /// Where a chain client connects; empty if this is not a node.
    QUrl chainEndpoint;
    QStringList dependsOn;
};

struct LabLayout
{
    QString chainId;
    QString genesisFile;
    QList<LabSystem> systems;

    [[nodiscard]] const LabSystem* find(const QString& id) const;
};

/// The practice network under HOME/lab, as it is or would be: validator-1 ... at port base + 1 ..., database (+ 10) and
/// gateway (+ 11). Touches nothing. InvalidInput for a port range that does not fit.
[[nodiscard]] Result<LabLayout> labLayout(quint16 portBase, const QString& home, const LabOptions& options = {});

/// Makes what it needs: genesis, keys, tokens, configurations and data directories, with the options of the layout.
/// Files that exist stay as they are. InvalidInput if an existing genesis does not match the keys.
[[nodiscard]] Status writeLab(const LabLayout& layout, const LabOptions& options = {});

} // namespace rc::lab
