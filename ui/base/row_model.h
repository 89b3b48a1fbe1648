// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QMetaProperty>
#include <QQmlEngine>

#include <concepts>

namespace rc::ui {

/// What every list that QML shows has in common. `count` is a property, so that a page can tell an empty list from one
/// that is filled.
class RowModelBase : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by view models.")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    [[nodiscard]] int count() const { return rowCount(); }

Q_SIGNALS:
    void countChanged();

protected:
    using QAbstractListModel::QAbstractListModel;
};

/// A row: a Q_GADGET whose properties are what QML reads, told from other rows by `key`.
template <class Row>
concept ModelRow = std::equality_comparable<Row> && requires(const Row row) {
    { row.key } -> std::convertible_to<QString>;
    Row::staticMetaObject;
};

/// A list of rows; each property of the row is a role of the same name. replace() takes the new list as a whole and
/// tells views only what differs, row by row by key: selection, focus and scroll position stay where they are.
template <ModelRow Row>
class RowModel : public RowModelBase
{
public:
    explicit RowModel(QObject* parent = nullptr)
        : RowModelBase(parent)
    {
    }

    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }
    /// Position of the row with this key, or -1.
    [[nodiscard]] int indexOf(const QString& key) const
    {
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].key == key) {
                return int(i);
            }
        }
        return -1;
    }

    /// Keys have to be unique.
    void replace(const QList<Row>& rows)
    {
        const auto before = m_rows.size();
        removeMissing(rows);
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (i < m_rows.size() && m_rows[i].key == rows[i].key) {
                change(i, rows[i]);
            } else if (const auto from = indexOf(rows[i].key); from >= 0) {
                beginMoveRows({}, from, from, {}, int(i));
                m_rows.move(from, i);
                endMoveRows();
                change(i, rows[i]);
            } else {
                i = insertUnknown(rows, i);
            }
        }
        if (before != m_rows.size()) {
            Q_EMIT countChanged();
        }
    }

    /// Puts a row in the place of the one with the same key, and tells views what differs.
    void set(const Row& row)
    {
        if (const auto at = indexOf(row.key); at >= 0) {
            change(at, row);
        }
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        const int property = role - FirstRole;
        if (!checkIndex(index, CheckIndexOption::IndexIsValid) || property < 0 ||
            property >= Row::staticMetaObject.propertyCount()) {
            return {};
        }
        return Row::staticMetaObject.property(property).readOnGadget(&m_rows[index.row()]);
    }
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override
    {
        QHash<int, QByteArray> names;
        for (int i = 0; i < Row::staticMetaObject.propertyCount(); ++i) {
            names.insert(FirstRole + i, Row::staticMetaObject.property(i).name());
        }
        return names;
    }

private:
    static constexpr int FirstRole = Qt::UserRole;

    void removeMissing(const QList<Row>& rows)
    {
        QSet<QString> keys;
        for (const auto& row : rows) {
            keys.insert(row.key);
        }
        for (auto last = m_rows.size() - 1; last >= 0; --last) {
            if (keys.contains(m_rows[last].key)) {
                continue;
            }
            auto first = last;
            while (first > 0 && !keys.contains(m_rows[first - 1].key)) {
                --first;
            }
            beginRemoveRows({}, int(first), int(last));
            m_rows.remove(first, last - first + 1);
            endRemoveRows();
            last = first;
        }
    }

    /// Inserts the run of rows from `first` on whose keys are not here yet; returns its last position.
    qsizetype insertUnknown(const QList<Row>& rows, qsizetype first)
    {
        QSet<QString> known;
        for (auto i = first; i < m_rows.size(); ++i) {
            known.insert(m_rows[i].key);
        }
        auto last = first;
        while (last + 1 < rows.size() && !known.contains(rows[last + 1].key)) {
            ++last;
        }
        beginInsertRows({}, int(first), int(last));
        m_rows = m_rows.first(first) + rows.sliced(first, last - first + 1) + m_rows.sliced(first);
        endInsertRows();
        return last;
    }

    void change(qsizetype at, const Row& row)
    {
        if (m_rows[at] == row) {
            return;
        }
        QList<int> roles;
        for (int i = 0; i < Row::staticMetaObject.propertyCount(); ++i) {
            const auto property = Row::staticMetaObject.property(i);
            if (property.readOnGadget(&m_rows[at]) != property.readOnGadget(&row)) {
                roles.append(FirstRole + i);
            }
        }
        m_rows[at] = row;
        Q_EMIT dataChanged(index(int(at)), index(int(at)), roles);
    }

    QList<Row> m_rows;
};

} // namespace rc::ui
