// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/yaml_document.h"

#include "backend/documents/yaml_scalar.h"
#include "model/base/plain_text.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>

#include <algorithm>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace rc {
namespace {

/// Of a text that is refused, in its message.
constexpr qsizetype LongestQuote = 40;

int lineOf(const YAML::Mark& mark)
{
    return std::max(mark.line, 0) + 1;
}

/// Ends the parse from within: the rest is not worth reading.
struct Refusal
{
    YAML::Mark mark;
    QString message;
};

/// Builds JSON from the parser's events. Complaints that leave the rest readable are collected; a limit exceeded throws
/// a Refusal.
class Builder : public YAML::EventHandler
{
public:
    QJsonValue root{QJsonValue::Undefined};
    QHash<QString, int> lines;
    QList<LocatedProblem> problems;

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (!root.isUndefined()) {
            throw Refusal{mark, "a second document starts, expected one document"};
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        refuseAnchor(mark, anchor);
        addScalar(mark, {}, QJsonValue(QJsonValue::Null));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        complain(mark, "an alias (*name) is used, expected the value itself");
        addScalar(mark, "*", QJsonValue(QJsonValue::Null));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        const QString text = QString::fromStdString(value);
        if (std::ranges::any_of(text, isHidden)) {
            complain(mark, QString("the text \"%1\" holds hidden characters, expected plain text")
                               .arg(withHiddenShown(text.left(LongestQuote))));
        }
        if (tag != "?") {
            return addScalar(mark, text, text);
        }
        const auto typed = plainScalar(text);
        if (!typed && !atKey()) {
            complain(mark, QString("the number %1 is too large, expected quotes around it if it is text").arg(text));
        }
        addScalar(mark, text, typed.value_or(QJsonValue::Null));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, false);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, true);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame
    {
        bool isMap = false;
        QString pointer;
        QMap<QString, QJsonValue> members;
        QJsonArray entries;
        /// Of a map: the key read, while its value is awaited.
        std::optional<QString> key;
        int keyLine = 0;
    };

    [[nodiscard]] bool atKey() const { return !m_frames.empty() && m_frames.back().isMap && !m_frames.back().key; }

    void complain(const YAML::Mark& mark, const QString& message)
    {
        problems.append({lineOf(mark), m_frames.empty() ? QString() : m_frames.back().pointer, message});
    }
    void refuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor) {
            complain(mark, "an anchor (&name) is used, expected plain values");
        }
    }
    void refuseTag(const YAML::Mark& mark, const std::string& tag)
    {
        if (!tag.empty() && tag != "?" && tag != "!") {
            complain(mark,
                     QString("the tag '%1' is used, expected a value without a tag").arg(QString::fromStdString(tag)));
        }
    }

    /// Where the next value stands; notes its line.
    QString place(const YAML::Mark& mark)
    {
        if (++m_values > maxDocumentValues) {
            throw Refusal{mark, QString("there are more than %1 values, expected fewer").arg(maxDocumentValues)};
        }
        if (m_frames.empty()) {
            lines.insert({}, lineOf(mark));
            return {};
        }
        const Frame& frame = m_frames.back();
        const QString pointer = childPointer(frame.pointer, frame.isMap ? frame.key.value_or(QString())
                                                                        : QString::number(frame.entries.size()));
        lines.insert(pointer, frame.isMap ? frame.keyLine : lineOf(mark));
        return pointer;
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool isMap)
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        if (atKey()) {
            throw Refusal{mark, "a key is a list or a map, expected a word"};
        }
        if (m_frames.size() >= maxDocumentDepth) {
            throw Refusal{mark, QString("values are nested more than %1 deep, expected fewer").arg(maxDocumentDepth)};
        }
        m_frames.push_back(Frame{isMap, place(mark), {}, {}, {}, 0});
    }

    void close()
    {
        Frame frame = std::move(m_frames.back());
        m_frames.pop_back();
        if (!frame.isMap) {
            return add(frame.entries);
        }
        QJsonObject object;
        for (auto it = frame.members.cbegin(); it != frame.members.cend(); ++it) {
            object.insert(it.key(), it.value());
        }
        add(object);
    }

    void addScalar(const YAML::Mark& mark, const QString& text, const QJsonValue& value)
    {
        if (!atKey()) {
            place(mark);
            return add(value);
        }
        Frame& frame = m_frames.back();
        if (text.isEmpty()) {
            complain(mark, "a key is empty, expected a word");
        }
        if (frame.members.contains(text)) {
            complain(mark, QString("the key '%1' stands here twice (first in line %2), expected it once")
                               .arg(text, QString::number(lines.value(childPointer(frame.pointer, text)))));
        }
        frame.key = text;
        frame.keyLine = lineOf(mark);
    }

    void add(const QJsonValue& value)
    {
        if (m_frames.empty()) {
            root = value;
            return;
        }
        Frame& frame = m_frames.back();
        if (frame.isMap) {
            frame.members.insert(*frame.key, value);
            frame.key.reset();
        } else {
            frame.entries.append(value);
        }
    }

    std::vector<Frame> m_frames;
    int m_values = 0;
};

/// What is wrong with the text before it is read as YAML.
QList<LocatedProblem> problemsOfText(const QByteArray& bytes)
{
    QList<LocatedProblem> problems;
    int line = 0;
    for (const auto& text : bytes.split('\n')) {
        ++line;
        const auto isControl = [](QChar c) { return isHidden(c) && c != '\r'; };
        const auto firstInk = std::ranges::find_if(text, [](char c) { return c != ' ' && c != '\t'; });
        if (!text.isValidUtf8()) {
            problems.append({line, {}, "this line is not valid UTF-8, expected UTF-8 text"});
        } else if (std::ranges::any_of(QString::fromUtf8(text), isControl)) {
            problems.append({line, {}, "this line holds a control character, expected plain text"});
        } else if (std::find(text.begin(), firstInk, '\t') != firstInk && firstInk != text.end()) {
            problems.append({line, {}, "a tab is used as indentation, expected spaces"});
        }
    }
    return problems;
}

} // namespace

int YamlDocument::lineOf(const QString& pointer) const
{
    QString at = pointer;
    while (!lines.contains(at) && !at.isEmpty()) {
        at.truncate(at.lastIndexOf('/'));
    }
    return lines.value(at, 1);
}

Error YamlDocument::error(const QList<Problem>& problems) const
{
    QList<LocatedProblem> located;
    for (const auto& problem : problems) {
        located.append({lineOf(problem.pointer), problem.pointer, problem.message});
    }
    return documentError(file, located);
}

Result<YamlDocument> readYaml(const QByteArray& bytes, const QString& file)
{
    if (bytes.size() > maxDocumentBytes) {
        const QString message = QString("the file is larger than %1 MiB, expected a smaller one");
        return std::unexpected(documentError(file, {{1, {}, message.arg(maxDocumentBytes / 1024 / 1024)}}));
    }
    if (const auto problems = problemsOfText(bytes); !problems.isEmpty()) {
        return std::unexpected(documentError(file, problems));
    }
    Builder builder;
    try {
        std::istringstream stream(bytes.toStdString());
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refusal& refusal) {
        builder.problems.append({lineOf(refusal.mark), {}, refusal.message});
    } catch (const YAML::Exception& exception) {
        const QString message = "this is not valid YAML (%1), expected brackets and indentation to match";
        builder.problems.append({lineOf(exception.mark), {}, message.arg(QString::fromStdString(exception.msg))});
    }
    if (builder.problems.isEmpty() && (builder.root.isUndefined() || builder.root.isNull())) {
        builder.problems.append({1, {}, "the file is empty, expected a document"});
    }
    if (!builder.problems.isEmpty()) {
        return std::unexpected(documentError(file, builder.problems));
    }
    return YamlDocument{file, builder.root, builder.lines};
}

Result<QByteArray> readDocumentBytes(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return fail(ErrorCode::NotFound, QString("There is no file %1.").arg(path), {{"file", path}});
    }
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        const QString why = info.isFile() ? file.errorString() : QString("it is not a regular file");
        return fail(ErrorCode::InvalidInput, QString("%1 cannot be read: %2.").arg(path, why), {{"file", path}});
    }
    return file.read(maxDocumentBytes + 1);
}

} // namespace rc
