// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/known_graphs.h"
#include "ui/graph/graph_painter.h"
#include "ui/graph/tile_painter.h"

#include <QGuiApplication>
#include <QPainter>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QtTest/qtest_gui.h>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

GraphLook look()
{
    GraphLook look;
    look.ground = look.node = Qt::white;
    look.text = Qt::black;
    look.quiet = Qt::darkGray;
    look.line = Qt::gray;
    look.accent = look.active = Qt::blue;
    look.activeGround = Qt::cyan;
    look.caution = Qt::darkYellow;
    look.cautionGround = Qt::yellow;
    look.danger = Qt::red;
    look.dangerGround = Qt::magenta;
    look.family = "DejaVu Sans";
    look.icons = "DejaVu Sans";
    look.glyphs = QStringList(8, "x");
    look.pending = "o";
    return look;
}

GraphPicture pictureOf(const LayeredLayout& layout, bool downwards)
{
    GraphPicture picture{std::make_shared<GraphGeometry>(layout, downwards), Chunked<GraphFace>(layout.nodes.size())};
    for (int node = 0; node < layout.nodes.size(); ++node) {
        picture.faces.edit(node) = {QString("a step with quite a long name, number %1").arg(node), "Waiting for nobody",
                                    Tone::Value(node % 8), node % 5 == 0, node % 3 == 0};
    }
    return picture;
}

LayeredLayout units()
{
    static const auto layout = layeredLayout(knownGraph(knownGraphs[0]));
    return layout;
}

/// Pixels of one that are in the other neither there nor beside, but for what nobody sees.
int missing(const QImage& one, const QImage& other)
{
    constexpr int Unseen = 24;
    const auto alike = [](QRgb a, QRgb b) {
        return std::abs(qRed(a) - qRed(b)) <= Unseen && std::abs(qGreen(a) - qGreen(b)) <= Unseen &&
               std::abs(qBlue(a) - qBlue(b)) <= Unseen;
    };
    int count = 0;
    for (int y = 1; y < one.height() - 1; ++y) {
        for (int x = 1; x < one.width() - 1; ++x) {
            const auto pixel = one.pixel(x, y);
            bool found = alike(pixel, other.pixel(x, y));
            for (int i = 0; i < 9 && !found; ++i) {
                found = alike(pixel, other.pixel(x + i % 3 - 1, y + i / 3 - 1));
            }
            count += found ? 0 : 1;
        }
    }
    return count;
}

int differences(const QImage& one, const QImage& other)
{
    return missing(one, other) + missing(other, one);
}

} // namespace

/// What of a graph is where, and what is drawn of it.
class TestGraphDrawing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatLiesInAnAreaIsFound_data()
    {
        QTest::addColumn<bool>("downwards");
        QTest::newRow("to the right") << false;
        QTest::newRow("downwards") << true;
    }
    void whatLiesInAnAreaIsFound()
    {
        QFETCH(const bool, downwards);
        const GraphGeometry geometry(units(), downwards);
        const QRectF all(QPointF(), geometry.size());
        for (int node = 0; node < geometry.nodeCount(); ++node) {
            QVERIFY(all.contains(geometry.nodeRect(node)));
            QCOMPARE(geometry.nodeAt(geometry.nodeRect(node).center()), node);
        }
        QCOMPARE(geometry.nodeAt({-5, -5}), -1);
        QRandomGenerator random(1);
        for (int i = 0; i < 200; ++i) {
            const QRectF area(random.bounded(geometry.size().width()), random.bounded(geometry.size().height()),
                              10 + random.bounded(3'000), 10 + random.bounded(3'000));
            const auto nodes = geometry.nodesIn(area);
            for (int node = 0; node < geometry.nodeCount(); ++node) {
                QVERIFY(!geometry.nodeRect(node).intersects(area) || std::ranges::binary_search(nodes, node));
            }
            const auto lines = geometry.linesIn(area);
            for (int line = 0; line < int(geometry.lines().size()); ++line) {
                const auto& points = geometry.lines()[std::size_t(line)].points;
                QVERIFY(std::ranges::none_of(points, [&](QPointF point) { return area.contains(point); }) ||
                        std::ranges::binary_search(lines, line));
            }
        }
    }

    void linesGoFromNodeToNode()
    {
        for (const bool downwards : {false, true}) {
            const GraphGeometry geometry(units(), downwards);
            for (const auto& line : geometry.lines()) {
                const auto from = geometry.nodeRect(line.dependency);
                const auto to = geometry.nodeRect(line.dependent);
                QCOMPARE(line.points.first(), downwards ? QPointF(from.center().x(), from.bottom())
                                                        : QPointF(from.right(), from.center().y()));
                QCOMPARE(line.points.last(),
                         downwards ? QPointF(to.center().x(), to.top()) : QPointF(to.left(), to.center().y()));
            }
        }
    }

    void squaresFitTogetherToThePixel_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("ratio");
        for (const double scale : {0.04, 0.11, 0.3, 0.5, 0.6, 0.87, 1.0}) {
            QTest::addRow("%g", scale) << scale << 1.0;
        }
        QTest::newRow("a dense screen") << 1.5 << 2.0;
    }
    void squaresFitTogetherToThePixel()
    {
        QFETCH(const double, scale);
        QFETCH(const double, ratio);
        auto layout = units();
        const auto picture = pictureOf(layout, true);
        const auto style = look();
        const GraphPainter painter(picture, style, scale, ratio);
        const auto size = picture.geometry->size() * scale;
        const QRect part(int(size.width() / 2) - 700, int(size.height() / 2) - 500, 1'400, 1'000);
        QImage whole(part.size(), QImage::Format_RGB32);
        {
            QPainter onto(&whole);
            painter.paint(onto, part);
        }
        QImage pieces(part.size(), QImage::Format_RGB32);
        QPainter onto(&pieces);
        for (int row = part.top() / 128 - 1; row * 128 <= part.bottom(); ++row) {
            for (int column = part.left() / 128 - 1; column * 128 <= part.right(); ++column) {
                const QRect square(column * 128, row * 128, 128, 128);
                QImage piece(square.size(), QImage::Format_RGB32);
                {
                    QPainter ontoPiece(&piece);
                    painter.paint(ontoPiece, square);
                }
                onto.drawImage(square.topLeft() - part.topLeft(), piece);
            }
        }
        onto.end();
        // Curves are flattened and thin lines stepped a little differently where they are cut; a letter that is cut at
        // a seam, or a box beside its place, would be thousands.
        QVERIFY2(differences(whole, pieces) < 100, qPrintable(QString::number(differences(whole, pieces))));
        QImage ground(part.size(), QImage::Format_RGB32);
        ground.fill(Qt::white);
        QVERIFY2(differences(whole, ground) > 2'000, "nothing is drawn");
    }

    void whatIsAbnormalIsSeenFromFarAway()
    {
        auto picture = pictureOf(units(), true);
        for (int node = 0; node < picture.faces.size(); ++node) {
            picture.faces.edit(node) = {"quiet", "Healthy", Tone::Normal, false, true};
        }
        picture.faces.edit(77) = {"loud", "Failed", Tone::Danger, false, false};
        const auto style = look();
        const double scale = 0.01;
        QImage image(picture.geometry->size().toSize() * scale + QSize(8, 8), QImage::Format_RGB32);
        QPainter painter(&image);
        GraphPainter(picture, style, scale).paint(painter, image.rect());
        painter.end();
        int red = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                red += image.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
            }
        }
        QVERIFY2(red >= 16, qPrintable(QString::number(red)));
    }

    void theLinesOfTheFollowedNodeStandOut()
    {
        auto picture = pictureOf(units(), true);
        for (int node = 0; node < picture.faces.size(); ++node) {
            picture.faces.edit(node) = {"quiet", "Healthy", Tone::Normal, false, true};
        }
        const auto blueAt = [&](double scale) {
            QImage image((picture.geometry->size() * scale).toSize(), QImage::Format_RGB32);
            const auto style = look();
            QPainter painter(&image);
            GraphPainter(picture, style, scale).paint(painter, image.rect());
            painter.end();
            int blue = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    blue += image.pixelColor(x, y) == QColor(Qt::blue) ? 1 : 0;
                }
            }
            return blue;
        };
        for (const double scale : {0.05, 0.2}) {
            picture.followed = -1;
            QCOMPARE(blueAt(scale), 0);
            picture.followed = picture.geometry->lines()[0].dependency;
            QVERIFY(blueAt(scale) > 10);
        }
    }

    void squaresComeInTheOrderOfTheWishes()
    {
        TilePainter painter;
        const QSignalSpy told(&painter, &TilePainter::painted);
        painter.show(pictureOf(units(), false), look(), 1, 7);
        std::deque<TilePainter::Wish> wishes;
        for (int column = 5; column >= 0; --column) {
            wishes.push_back({{1, column, 0}, 1.0});
        }
        painter.want(wishes);
        std::vector<TilePainter::Tile> tiles;
        const auto all = [&](std::size_t count) {
            for (auto& tile : painter.take()) {
                tiles.push_back(tile);
            }
            return tiles.size() >= count;
        };
        QTRY_VERIFY(all(6));
        QVERIFY(told.count() > 0);
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(tiles[std::size_t(i)].key.column, 5 - i);
            QCOMPARE(tiles[std::size_t(i)].revision, 7U);
            QCOMPARE(tiles[std::size_t(i)].image.size(), QSize(TilePainter::Size, TilePainter::Size));
        }
        QImage expected(TilePainter::Size, TilePainter::Size, QImage::Format_RGB32);
        QPainter onto(&expected);
        const auto picture = pictureOf(units(), false);
        const auto style = look();
        GraphPainter(picture, style, 1).paint(onto, tiles[0].key.pixels());
        onto.end();
        QVERIFY(tiles[0].image == expected);
    }

    void whatNobodyWishesForAnyMoreIsNotDrawn()
    {
        TilePainter painter;
        painter.show(pictureOf(units(), false), look(), 1, 1);
        std::deque<TilePainter::Wish> many;
        for (int row = 0; row < 200; ++row) {
            many.push_back({{1, 0, row}, 1.0});
        }
        painter.want(many);
        painter.want({{{2, 0, 0}, 0.5}});
        std::vector<TilePainter::Tile> tiles;
        QTRY_VERIFY([&] {
            for (auto& tile : painter.take()) {
                tiles.push_back(tile);
            }
            return !tiles.empty() && tiles.back().key.level == 2;
        }());
        QVERIFY2(tiles.size() < 100, qPrintable(QString::number(tiles.size())));
    }
};

int main(int argc, char** argv)
{
    const QGuiApplication app(argc, argv);
    TestGraphDrawing test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_graph_drawing.moc"
