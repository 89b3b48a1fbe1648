// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_picture.h"

#include <QObject>
#include <QQmlEngine>

namespace rc::ui {

/// Colours and fonts of a GraphScene, from the theme.
class GraphTheme : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor ground MEMBER ground NOTIFY changed FINAL)
    Q_PROPERTY(QColor node MEMBER node NOTIFY changed FINAL)
    Q_PROPERTY(QColor text MEMBER text NOTIFY changed FINAL)
    Q_PROPERTY(QColor quiet MEMBER quiet NOTIFY changed FINAL)
    Q_PROPERTY(QColor line MEMBER line NOTIFY changed FINAL)
    Q_PROPERTY(QColor accent MEMBER accent NOTIFY changed FINAL)
    Q_PROPERTY(QColor active MEMBER active NOTIFY changed FINAL)
    Q_PROPERTY(QColor activeGround MEMBER activeGround NOTIFY changed FINAL)
    Q_PROPERTY(QColor caution MEMBER caution NOTIFY changed FINAL)
    Q_PROPERTY(QColor cautionGround MEMBER cautionGround NOTIFY changed FINAL)
    Q_PROPERTY(QColor danger MEMBER danger NOTIFY changed FINAL)
    Q_PROPERTY(QColor dangerGround MEMBER dangerGround NOTIFY changed FINAL)
    Q_PROPERTY(QString family MEMBER family NOTIFY changed FINAL)
    Q_PROPERTY(QString icons MEMBER icons NOTIFY changed FINAL)
    /// A code point of the icon font for each Tone, in their order; and for what is neither done nor abnormal.
    Q_PROPERTY(QStringList glyphs MEMBER glyphs NOTIFY changed FINAL)
    Q_PROPERTY(QString pending MEMBER pending NOTIFY changed FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] GraphLook look() const;

Q_SIGNALS:
    void changed();

private:
    QColor ground;
    QColor node;
    QColor text;
    QColor quiet;
    QColor line;
    QColor accent;
    QColor active;
    QColor activeGround;
    QColor caution;
    QColor cautionGround;
    QColor danger;
    QColor dangerGround;
    QString family;
    QString icons;
    QStringList glyphs;
    QString pending;
};

} // namespace rc::ui
