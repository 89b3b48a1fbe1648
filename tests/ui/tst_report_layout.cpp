// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/flow.h"

#include <QStringList>
#include <QTest>

using namespace rc::ui::report;

namespace {

/// A block of so many slices of height 10.
class Pile final : public Block
{
public:
    explicit Pile(qsizetype slices, const Cohesion& cohesion = {})
        : Block(QList<qreal>(slices, 10), cohesion)
    {
    }
    void paint(QPainter&, QPointF, const SliceRange&) const override {}
};

void add(Flow& flow, qsizetype slices, const Block::Cohesion& cohesion = {})
{
    flow.add(std::make_unique<Pile>(slices, cohesion));
}

/// One text a page: for each placed part its place and slices, "y:first+count".
QStringList drawn(const Flow& flow, qreal pageHeight)
{
    QStringList pages;
    for (const auto& page : flow.pages(pageHeight)) {
        QStringList parts;
        for (const auto& placed : page.blocks) {
            parts.append(QString("%1:%2+%3").arg(placed.y).arg(placed.range.first).arg(placed.range.count));
        }
        pages.append(parts.join(u' '));
    }
    return pages;
}

} // namespace

/// Where pages break.
class TestReportLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocksFollowOneAnother()
    {
        Flow flow;
        add(flow, 2);
        add(flow, 3, {.spaceBefore = 5});
        QCOMPARE(drawn(flow, 100), QStringList{"0:0+2 25:0+3"});
    }

    void aLongBlockBreaksBetweenSlices()
    {
        Flow flow;
        add(flow, 25);
        QCOMPARE(drawn(flow, 104), (QStringList{"0:0+10", "0:10+10", "0:20+5"}));
    }

    void noSingleSliceStandsAtTheFoot()
    {
        Flow flow;
        add(flow, 9);
        add(flow, 4);
        QCOMPARE(drawn(flow, 100), (QStringList{"0:0+9", "0:0+4"}));
    }

    void aHeadingGoesWithWhatItHeads()
    {
        Flow flow;
        add(flow, 8);
        add(flow, 1, {.withNext = true});
        add(flow, 4);
        QCOMPARE(drawn(flow, 100), (QStringList{"0:0+8", "0:0+1 10:0+4"}));
    }

    void aHeadingIsNotLeftAtTheFootForARowThatStaysTogether()
    {
        Flow flow;
        add(flow, 6);
        add(flow, 1, {.withNext = true});
        add(flow, 4, {.together = true});
        QCOMPARE(drawn(flow, 100), (QStringList{"0:0+6", "0:0+1 10:0+4"}));
    }

    void aGroupStaysTogetherUnlessItIsTooLong()
    {
        Flow flow;
        add(flow, 7);
        flow.startGroup();
        add(flow, 2);
        add(flow, 2);
        flow.endGroup();
        QCOMPARE(drawn(flow, 100), (QStringList{"0:0+7", "0:0+2 20:0+2"}));

        Flow tooLong;
        add(tooLong, 7);
        tooLong.startGroup();
        add(tooLong, 2);
        add(tooLong, 6);
        tooLong.endGroup();
        QCOMPARE(drawn(tooLong, 100), (QStringList{"0:0+7 70:0+2", "0:0+6"}));
    }

    void aTablesHeadComesBackOnEachPage()
    {
        Flow flow;
        flow.startTable(std::make_unique<Pile>(1, Block::Cohesion{.withNext = true}));
        for (int i = 0; i < 4; ++i) {
            add(flow, 4, {.together = true});
        }
        add(flow, 12);
        flow.endTable();
        add(flow, 2);
        QCOMPARE(drawn(flow, 100),
                 (QStringList{"0:0+1 10:0+4 50:0+4", "0:0+1 10:0+4 50:0+4", "0:0+1 10:0+9", "0:0+1 10:9+3 40:0+2"}));
    }

    void aSectionStartsAPage()
    {
        Flow flow;
        flow.startSection(0);
        add(flow, 1);
        flow.startSection(1);
        add(flow, 1, {.spaceBefore = 20});
        QCOMPARE(drawn(flow, 100), (QStringList{"0:0+1", "0:0+1"}));
        QCOMPARE(flow.pages(100).last().section, 1);
    }

    void aSliceHigherThanAPageStillGetsItsPlace()
    {
        Flow flow;
        flow.startTable(std::make_unique<Pile>(1));
        add(flow, 2);
        QCOMPARE(drawn(flow, 5), (QStringList{"0:0+1", "0:0+1 10:0+1", "0:0+1 10:1+1"}));
    }

    void nothingIsNoPage() { QCOMPARE(drawn(Flow(), 100), QStringList()); }
};

QTEST_GUILESS_MAIN(TestReportLayout)
#include "tst_report_layout.moc"
