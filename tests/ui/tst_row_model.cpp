// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/row_model.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace rc::ui;

struct Fruit
{
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int weight MEMBER weight)
    Q_PROPERTY(QString colour MEMBER colour)

public:
    QString key;
    int weight = 0;
    QString colour;

    friend bool operator==(const Fruit&, const Fruit&) = default;
};

using FruitModel = RowModel<Fruit>;

namespace {

QList<Fruit> fruits(const QString& keys)
{
    QList<Fruit> rows;
    for (const auto key : keys) {
        rows.append({QString(key), 1, "green"});
    }
    return rows;
}

/// What a view makes of a model when it believes its signals and nothing else.
class Mirror : public QObject
{
public:
    explicit Mirror(FruitModel& model)
    {
        connect(&model, &FruitModel::rowsInserted, this, [this, &model](const QModelIndex&, int first, int last) {
            for (int i = first; i <= last; ++i) {
                keys.insert(i, model.rows()[i].key);
            }
        });
        connect(&model, &FruitModel::rowsRemoved, this,
                [this](const QModelIndex&, int first, int last) { keys.remove(first, last - first + 1); });
        connect(&model, &FruitModel::rowsMoved, this,
                [this](const QModelIndex&, int from, int, const QModelIndex&, int to) { keys.move(from, to); });
    }
    QStringList keys;
};

QStringList keysOf(const FruitModel& model)
{
    QStringList keys;
    for (const auto& row : model.rows()) {
        keys.append(row.key);
    }
    return keys;
}

} // namespace

/// Lists take a new value whole and tell what differs.
class TestRowModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void propertiesAreRoles()
    {
        FruitModel model;
        const auto names = model.roleNames();
        QCOMPARE(QSet<QByteArray>(names.begin(), names.end()), (QSet<QByteArray>{"key", "weight", "colour"}));
        model.replace({{"apple", 120, "red"}});
        QCOMPARE(model.data(model.index(0), names.key("weight")).toInt(), 120);
        QVERIFY(!model.data(model.index(0), Qt::DisplayRole).isValid());
        QVERIFY(!model.data({}, names.key("weight")).isValid());
    }

    void anEqualListIsNoChange()
    {
        FruitModel model;
        model.replace(fruits("abc"));
        QSignalSpy changed(&model, &FruitModel::dataChanged);
        QSignalSpy counted(&model, &FruitModel::countChanged);
        model.replace(fruits("abc"));
        QCOMPARE(changed.count() + counted.count(), 0);
    }

    void onlyTheRolesThatDifferAreTold()
    {
        FruitModel model;
        model.replace(fruits("abc"));
        QSignalSpy changed(&model, &FruitModel::dataChanged);
        auto rows = fruits("abc");
        rows[1].colour = "yellow";
        model.replace(rows);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][2].value<QList<int>>(), QList<int>{model.roleNames().key("colour")});
    }

    void aRowThatStaysIsNeitherRemovedNorInserted_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("inserts");
        QTest::addColumn<int>("removals");
        QTest::addColumn<int>("moves");
        QTest::newRow("filled") << "" << "abc" << 1 << 0 << 0;
        QTest::newRow("emptied") << "abc" << "" << 0 << 1 << 0;
        QTest::newRow("first") << "abc" << "xabc" << 1 << 0 << 0;
        QTest::newRow("last") << "abc" << "abcx" << 1 << 0 << 0;
        QTest::newRow("run in the middle") << "abcd" << "abxyzcd" << 1 << 0 << 0;
        QTest::newRow("two gaps") << "abcde" << "ace" << 0 << 2 << 0;
        QTest::newRow("one moved up") << "abcd" << "dabc" << 0 << 0 << 1;
        QTest::newRow("all others") << "abc" << "xyz" << 1 << 1 << 0;
    }
    void aRowThatStaysIsNeitherRemovedNorInserted()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        FruitModel model;
        model.replace(fruits(before));
        QSignalSpy inserts(&model, &FruitModel::rowsInserted);
        QSignalSpy removals(&model, &FruitModel::rowsRemoved);
        QSignalSpy moves(&model, &FruitModel::rowsMoved);
        QSignalSpy resets(&model, &FruitModel::modelReset);
        model.replace(fruits(after));
        QCOMPARE(model.rows(), fruits(after));
        QTEST(int(inserts.count()), "inserts");
        QTEST(int(removals.count()), "removals");
        QTEST(int(moves.count()), "moves");
        QCOMPARE(resets.count(), 0);
    }

    void whateverComesTheSignalsAreTrue()
    {
        FruitModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const Mirror mirror(model);
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            QList<Fruit> rows;
            for (char key = 'a'; key <= 'p'; ++key) {
                if (random.bounded(3) > 0) {
                    rows.append({QString(QChar::fromLatin1(key)), random.bounded(3), "green"});
                }
            }
            std::shuffle(rows.begin(), rows.end(), random);
            model.replace(rows);
            QCOMPARE(model.rows(), rows);
            QCOMPARE(mirror.keys, keysOf(model));
        }
    }
};

QTEST_GUILESS_MAIN(TestRowModel)
#include "tst_row_model.moc"
