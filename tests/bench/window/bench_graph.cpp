// SPDX-License-Identifier: GPL-3.0-or-later
// bench_graph [--size WIDTHxHEIGHT] [--shots FOLDER]: the dependency graph of 20,000 systems in a window: until it is
// there, while it is moved (1,200 px a second) and zoomed (two octaves a second), and while states change. Fails when a
// goal is missed. With --shots it saves what is seen at some zooms instead.
#include "app/console/console_window.h"
#include "tests/bench/resident_memory.h"
#include "tests/support/known_graphs.h"
#include "tests/support/sight_story.h"
#include "ui/console/graph_scene.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickView>
#include <QTest>
#include <QTimer>

#include <cmath>
#include <vector>

namespace {

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

constexpr int FrameMilliseconds = 16;
constexpr int Frames = 600;
constexpr int ChangesOfFrame = 16; // about a thousand a second
constexpr double PanStep = 1'200.0 * FrameMilliseconds / 1'000;
const double zoomStep = std::exp2(2.0 * FrameMilliseconds / 1'000);

/// In milliseconds; 0 where there is none.
struct Goals
{
    double pan;
    double zoom;
};

Sight networkOf(const DependencyGraph& graph)
{
    auto sight = rc::test::networkOf(graph.nodeCount());
    for (int node = 0; node < graph.nodeCount(); ++node) {
        auto& system = sight.systems.inventory.systems[node];
        system.dependsOn.clear();
        for (const auto dependency : graph.dependenciesOf(node)) {
            system.dependsOn.append(SystemId(QString("system-%1").arg(dependency)));
        }
    }
    return sight;
}

/// How long the window's thread is busy with each frame, polishing to swapping.
class FrameTimes
{
public:
    explicit FrameTimes(QQuickWindow& window)
    {
        QObject::connect(&window, &QQuickWindow::afterAnimating, &window, [this] { m_timer.start(); });
        QObject::connect(&window, &QQuickWindow::frameSwapped, &window,
                         [this] { m_times.push_back(double(m_timer.nsecsElapsed()) / 1e6); });
    }
    void clear() { m_times.clear(); }
    [[nodiscard]] double at(double part)
    {
        std::ranges::sort(m_times);
        return m_times.empty() ? 0 : m_times[std::size_t(part * double(m_times.size() - 1))];
    }
    [[nodiscard]] std::size_t count() const { return m_times.size(); }

private:
    QElapsedTimer m_timer;
    std::vector<double> m_times;
};

class Bench
{
public:
    Bench(QSize size, const DependencyGraph& graph)
        : m_sight(networkOf(graph))
    {
        m_timer.start();
        m_model.showSystems(m_sight, {SystemId("system-77")});
        m_view.setInitialProperties({{"graph", QVariant::fromValue(&m_model)}});
        m_view.setResizeMode(QQuickView::SizeRootObjectToView);
        m_view.resize(size);
        m_view.engine()->addImportPath("qrc:/qt/qml");
        m_view.setSource(QUrl("qrc:/qt/qml/ProzChain/Console/components/GraphView.qml"));
        m_view.show();
        m_scene = m_view.rootObject()->findChild<GraphScene*>("scene");
        until([this] { return !m_model.isArranging(); });
        m_laidOut = milliseconds();
        until([this] { return m_scene->isCrisp(); });
        m_crisp = milliseconds();
    }

    void saveShots(const QString& folder)
    {
        QDir().mkpath(folder);
        until([this] { return !m_model.isImproving(); });
        QQmlComponent component(m_view.engine());
        component.setData("import QtQml; import ProzChain.Console;"
                          "QtObject { property bool dark; onDarkChanged: Theme.shade = dark ? 1 : 0 }",
                          {});
        const std::unique_ptr<QObject> theme(component.create());
        for (const bool dark : {false, true}) {
            theme->setProperty("dark", dark);
            for (const double zoom : {0.0, 0.15, 0.4, 0.6, 1.0}) {
                m_scene->centreOn({0.5, 0.5});
                m_scene->zoomBy(zoom == 0 ? 1e-6 : zoom / m_scene->zoom(), middle());
                until([this] { return m_scene->isCrisp(); });
                const auto name =
                    QString("%1/graph-%2-%3.png").arg(folder).arg(zoom).arg(dark ? QString("dark") : QString("light"));
                m_view.grabWindow().save(name);
            }
        }
    }

    bool measure(const Goals& goals)
    {
        std::printf("%d nodes at %dx%d: laid out after %.0f ms, crisp %.0f ms later\n", m_model.count(), m_view.width(),
                    m_view.height(), m_laidOut, m_crisp - m_laidOut);
        until([this] { return !m_model.isImproving(); });
        m_scene->centreOn({0.5, 0.5});
        m_scene->zoomBy(0.7 / m_scene->zoom(), middle());
        until([this] { return m_scene->isCrisp(); });
        run("pan", goals.pan, [this](int frame) {
            // There and back again, so that half of it is new.
            const auto direction = frame / 150 % 2 == 0 ? 1.0 : -1.0;
            m_scene->moveBy({direction * PanStep, direction * PanStep / 3});
        });
        run("zoom", goals.zoom,
            [this](int frame) { m_scene->zoomBy(frame / 120 % 2 == 0 ? 1 / zoomStep : zoomStep, middle()); });
        run("states", 0, [this](int frame) {
            auto& health = m_sight.systems.health;
            const auto count = std::max<qsizetype>(1, health.size());
            for (int i = 0; i < ChangesOfFrame; ++i) {
                const auto system = qsizetype(frame * ChangesOfFrame + i) * 7 % count;
                auto& state = health[system].state;
                state = state == HealthState::Healthy ? HealthState::Unhealthy : HealthState::Healthy;
            }
            m_model.showSystems(m_sight, {SystemId("system-77")});
        });
        std::printf("  memory: %s\n", qPrintable(bench::residentMemory()));
        return m_met;
    }

private:
    template <class Condition>
    void until(const Condition& condition)
    {
        if (!QTest::qWaitFor(condition, 120'000)) {
            qFatal("it never comes");
        }
    }
    [[nodiscard]] double milliseconds() const { return double(m_timer.nsecsElapsed()) / 1e6; }
    [[nodiscard]] QPointF middle() const { return QPointF(m_view.width(), m_view.height()) / 2; }

    template <class Step>
    void run(const char* what, double goal, const Step& step)
    {
        m_frames.clear();
        std::vector<double> steps;
        int frame = 0;
        QTimer clock;
        clock.setTimerType(Qt::PreciseTimer);
        QObject::connect(&clock, &QTimer::timeout, &m_view, [&] {
            QElapsedTimer timer;
            timer.start();
            step(frame++);
            steps.push_back(double(timer.nsecsElapsed()) / 1e6);
        });
        clock.start(FrameMilliseconds);
        until([&] { return frame >= Frames; });
        clock.stop();
        const auto p99 = m_frames.at(0.99);
        std::ranges::sort(steps);
        std::printf("  %s: frames p50 %.1f ms, p99 %.1f ms of %zu, steps p99 %.1f ms, longest %.1f ms", what,
                    m_frames.at(0.5), p99, m_frames.count(), steps[steps.size() * 99 / 100], steps.back());
        const bool met = goal == 0 || p99 <= goal;
        if (goal > 0) {
            std::printf("; goal p99 at most %.0f ms: %s", goal, met ? "met" : "MISSED");
        }
        std::printf("\n");
        std::fflush(stdout);
        m_met = m_met && met;
    }

    Sight m_sight;
    GraphViewModel m_model;
    QQuickView m_view;
    FrameTimes m_frames{m_view};
    GraphScene* m_scene = nullptr;
    QElapsedTimer m_timer;
    double m_laidOut = 0;
    double m_crisp = 0;
    bool m_met = true;
};

} // namespace

int main(int argc, char** argv)
{
    prepareWindows();
    const QApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption size("size", "Of the window.", "WIDTHxHEIGHT");
    const QCommandLineOption shots("shots", "Save pictures here.", "FOLDER");
    const QCommandLineOption known("graph", "Which of the known graphs.", "NUMBER", "5");
    parser.addOptions({size, shots, known});
    parser.process(app);
    const auto graph = knownGraph(knownGraphs[parser.value(known).toInt()]);
    const auto words = parser.value(size).split('x');
    const QSize wanted = words.size() == 2 ? QSize(words[0].toInt(), words[1].toInt()) : QSize(1'920, 1'080);
    if (parser.isSet(shots)) {
        Bench(wanted, graph).saveShots(parser.value(shots));
        return 0;
    }
    bool met = Bench(wanted, graph).measure({6, 10});
    if (words.size() != 2) {
        met = Bench({3'840, 2'160}, graph).measure({12, 0}) && met;
    }
    return met ? 0 : 1;
}
