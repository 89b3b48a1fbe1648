// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/rules.h"

#include "model/graph/dependency_graph.h"

#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSet>

#include <map>

namespace rc::arch {
namespace {

/// Lower may not include higher; -1 for what has no place in the order (tests, packaging).
int heightOf(const QString& layer)
{
    static const QStringList order{"model", "backend", "ui", "qml", "app"};
    return int(order.indexOf(layer));
}

bool isQtCoreHeader(const QString& name)
{
    static const QString folder = QLibraryInfo::path(QLibraryInfo::HeadersPath) + "/QtCore/";
    return !name.contains('/') && QFile::exists(folder + name);
}

bool isStandardHeader(const QString& name)
{
    static const QRegularExpression form("\\A[a-z_0-9]+\\z");
    return form.match(name).hasMatch();
}

/// Complaints about every place where the pattern stands in the code of a file.
QStringList placesOf(const SourceFile& file, const QRegularExpression& pattern, const QString& complaint)
{
    QStringList found;
    for (auto it = pattern.globalMatch(file.code()); it.hasNext();) {
        found.append(QString("%1: %2 (%3)").arg(file.path, complaint, it.next().captured().trimmed()));
    }
    return found;
}

/// The statement so far, up to a position in the code.
QStringView statementBefore(const QString& code, qsizetype position)
{
    static const QRegularExpression end("[;{}]");
    return QStringView(code).mid(code.lastIndexOf(end, position) + 1, position - code.lastIndexOf(end, position) - 1);
}

} // namespace

QStringList includesThatPointBack(const SourceTree& tree)
{
    QStringList complaints;
    for (const auto& file : tree) {
        const int height = heightOf(file.layer());
        for (const auto& include : file.includes('"') + file.includes('<')) {
            const int other = heightOf(include.section('/', 0, 0));
            if (height >= 0 && (other > height || include.startsWith("tests/"))) {
                complaints.append(QString("%1: includes %2, which points back").arg(file.path, include));
            }
        }
        for (const auto& include : file.includes('"')) {
            if (height >= 0 && !include.contains('/') && !include.endsWith(".moc")) {
                complaints.append(
                    QString("%1: includes \"%2\"; paths start at the repository root").arg(file.path, include));
            }
        }
    }
    return complaints;
}

QStringList foreignHeadersInModel(const SourceTree& tree)
{
    QStringList complaints;
    for (const auto& file : tree) {
        if (file.layer() != "model") {
            continue;
        }
        for (const auto& include : file.includes('<')) {
            if (!isQtCoreHeader(include) && !isStandardHeader(include)) {
                complaints.append(
                    QString("%1: includes <%2>, which is neither Qt Core nor standard").arg(file.path, include));
            }
        }
    }
    return complaints;
}

QStringList cyclesInBackend(const SourceTree& tree)
{
    QStringList parts;
    std::map<std::pair<QString, QString>, QString> because; // an include for every edge
    for (const auto& file : tree) {
        for (const auto& include : file.includes('"')) {
            const QString part = SourceFile{include, {}}.part();
            if (file.layer() == "backend" && include.startsWith("backend/") && part != file.part()) {
                because.try_emplace({file.part(), part}, file.path + " includes " + include);
                parts += {file.part(), part};
            }
        }
    }
    parts.removeDuplicates();
    std::vector<DependencyGraph::Edge> edges;
    edges.reserve(because.size());
    for (const auto& [edge, reason] : because) {
        edges.push_back({int(parts.indexOf(edge.first)), int(parts.indexOf(edge.second))});
    }
    const auto cycle = DependencyGraph(int(parts.size()), edges).shortestCycle();
    QStringList steps;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        steps.append(because.at({parts[cycle[i]], parts[cycle[(i + 1) % cycle.size()]]}));
    }
    return steps.isEmpty() ? QStringList() : QStringList{"a cycle: " + steps.join("; ")};
}

QStringList platformHeaders(const SourceTree& tree, const QHash<QString, QString>& exceptions)
{
    static const QRegularExpression form(
        "\\A(sys/.*|linux/.*|netinet/.*|arpa/.*|mach/.*|unistd\\.h|fcntl\\.h|signal\\.h|csignal|poll\\.h|spawn\\.h|"
        "termios\\.h|pwd\\.h|grp\\.h|dlfcn\\.h|pthread\\.h|windows\\.h|winsock2\\.h|io\\.h)\\z",
        QRegularExpression::CaseInsensitiveOption);
    QStringList complaints;
    for (const auto& file : tree) {
        if (heightOf(file.layer()) < 0 || file.part() == "backend/platform" || exceptions.contains(file.path)) {
            continue;
        }
        for (const auto& include : file.includes('<')) {
            if (form.match(include).hasMatch()) {
                complaints.append(QString("%1: includes <%2> outside backend/platform").arg(file.path, include));
            }
        }
    }
    return complaints;
}

QStringList dbusOutsideServices(const SourceTree& tree)
{
    QStringList complaints;
    for (const auto& file : tree) {
        for (const auto& include : file.includes('<')) {
            if (heightOf(file.layer()) >= 0 && file.part() != "backend/services" &&
                (include.startsWith("QDBus") || include.startsWith("QtDBus"))) {
                complaints.append(QString("%1: includes <%2> outside backend/services").arg(file.path, include));
            }
        }
    }
    return complaints;
}

QStringList blockingWaits(const SourceTree& tree)
{
    static const QRegularExpression loops(R"(\bQEventLoop\b|\bprocessEvents\s*\(|\bQCoro::waitFor\s*\(|)"
                                          R"(\bsleep_(for|until)\s*\(|\bQThread::\w*sleep\s*\()");
    static const QRegularExpression exec(R"(\.exec\s*\(\s*\))");
    static const QRegularExpression waits(
        R"(\bwaitFor(Finished|Started|ReadyRead|Connected|Disconnected|Encrypted|BytesWritten|NewConnection|Done)\s*\()");
    QStringList complaints;
    for (const auto& file : tree) {
        const bool isProgram = file.layer() == "app";
        if (!file.isCpp() || (file.layer() != "backend" && file.layer() != "ui" && !isProgram)) {
            continue;
        }
        complaints += placesOf(file, loops, "a nested event loop or a sleep");
        if (!isProgram) { // a program runs the one loop that there is
            complaints += placesOf(file, exec, "a nested event loop");
        }
        const QString code = file.code();
        for (auto it = waits.globalMatch(code); it.hasNext();) {
            const auto match = it.next();
            // QCoro's awaitable waits bear the names of the blocking ones.
            if (!statementBefore(code, match.capturedStart()).contains(QLatin1StringView("qCoro("))) {
                complaints.append(QString("%1: a blocking wait (%2)").arg(file.path, match.captured()));
            }
        }
    }
    return complaints;
}

QStringList untypedQml(const SourceTree& tree)
{
    static const QRegularExpression context(R"(\bsetContextProperty\b)");
    static const QRegularExpression var(R"(\bproperty\s+var\b)");
    QStringList complaints;
    for (const auto& file : tree) {
        if (heightOf(file.layer()) >= 0 && file.isCpp()) {
            complaints += placesOf(file, context, "a context property");
        }
        if (file.isQml()) {
            complaints += placesOf(file, var, "an untyped property");
        }
    }
    return complaints;
}

QStringList coloursOutsideTheTheme(const SourceTree& tree)
{
    static const QRegularExpression digits(R"("#[0-9a-fA-F]{3,8}")");
    static const QRegularExpression functions(R"(\bQt\.(rgba|hsla|hsva|color|darker|lighter|tint|alpha)\s*\()");
    // A word that is given to a colour, at once or as one of two; not one that something is compared with.
    static const QRegularExpression names(
        R"(\b(?:\w*[cC]olor|ink|ground)(?:\s+\w+)?\s*:(?:[^\n]*[?:])?\s*"(?!transparent")[a-zA-Z]+")");
    QStringList complaints;
    for (const auto& file : tree) {
        if (file.layer() != "qml" || !file.isQml() || file.part() == "qml/theme") {
            continue;
        }
        const auto text = file.withoutComments();
        for (const auto* pattern : {&digits, &functions, &names}) {
            for (auto it = pattern->globalMatch(text); it.hasNext();) {
                complaints.append(QString("%1: a colour that is no token of the theme (%2)")
                                      .arg(file.path, it.next().captured().trimmed()));
            }
        }
    }
    return complaints;
}

QStringList filesWithoutLicence(const SourceTree& tree)
{
    static const QRegularExpression source(
        R"((\.(h|cpp|qml|js|cmake|ya?ml|sh|py)|/CMakeLists\.txt|\ACMakeLists\.txt)\z)");
    QStringList complaints;
    for (const auto& file : tree) {
        const QString top = file.text.section('\n', 0, 1);
        if (source.match(file.path).hasMatch() && !top.contains("SPDX-License-Identifier: ")) {
            complaints.append(QString("%1: no SPDX line at its top").arg(file.path));
        }
    }
    return complaints;
}

QStringList longFiles(const SourceTree& tree)
{
    QStringList complaints;
    for (const auto& file : tree) {
        const auto lines = file.text.count('\n');
        if ((file.isCpp() && lines > 600) || (file.isQml() && lines > 350)) {
            complaints.append(QString("%1: %2 lines").arg(file.path).arg(lines));
        }
    }
    return complaints;
}

QStringList foldersOffThePage(const SourceTree& tree, const QStringList& page, const QStringList& notYet)
{
    QSet<QString> there;
    QStringList complaints;
    for (const auto& file : tree) {
        const QString folder = file.path.count('/') > 1 ? file.part() : file.layer();
        there += {file.layer(), folder};
        const bool isPart = QStringList{"backend", "ui", "qml", "app"}.contains(file.layer());
        if (isPart && folder != file.layer() && !page.contains(folder)) {
            complaints.append(QString("%1: the architecture page has no folder %2").arg(file.path, folder));
        }
    }
    for (const auto& folder : notYet) {
        if (there.contains(folder)) {
            complaints.append(QString("%1: is there; strike it from those that are still to come").arg(folder));
        }
    }
    for (const auto& folder : page) {
        if (!there.contains(folder) && !notYet.contains(folder)) {
            complaints.append(QString("%1: is on the architecture page, but not there").arg(folder));
        }
    }
    return complaints;
}

} // namespace rc::arch
