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

/// Lays out the practice network under HOME/lab: genesis, keys, tokens, configurations and data directories of
/// validator-1 ..., database (port base + 10) and gateway (+ 11); validators have port base + 1 ... Files that exist
/// stay as they are, so that calling it again describes the same network. InvalidInput for a port range that does not
/// fit, or if an existing genesis does not match the keys.
[[nodiscard]] Result<LabLayout> labLayout(quint16 portBase, const QString& home, const LabOptions& options = {});

} // namespace rc::lab
