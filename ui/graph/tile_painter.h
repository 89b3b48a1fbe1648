// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_picture.h"

#include <QImage>
#include <QObject>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace rc::ui {

/// Draws a picture in squares, on a thread of its own that lives as long as this: what is wished for first comes first,
/// and what nobody wishes for any more is not drawn.
class TilePainter : public QObject
{
    Q_OBJECT

public:
    /// Of a square, in device pixels.
    static constexpr int Size = 512;

    /// Which square of the drawing, from its top left, at which scale; a level is the caller's name for a scale.
    struct Key
    {
        int level = 0;
        int column = 0;
        int row = 0;

        friend auto operator<=>(const Key&, const Key&) = default;

        /// The pixels of the drawing at the level's scale.
        [[nodiscard]] QRect pixels() const { return {column * Size, row * Size, Size, Size}; }
    };
    struct Wish
    {
        Key key;
        double scale = 1;
    };
    struct Tile
    {
        Key key;
        /// Of the picture that it shows.
        quint64 revision = 0;
        QImage image;
    };

    TilePainter();
    ~TilePainter() override;
    Q_DISABLE_COPY_MOVE(TilePainter)

    /// What is drawn from now on.
    void show(const GraphPicture& picture, const GraphLook& look, double pixelRatio, quint64 revision);
    /// Instead of what was wished for before; what is being drawn of this picture anyway may be among it.
    void want(std::deque<Wish> wishes);
    /// What has been drawn since the last time.
    [[nodiscard]] std::vector<Tile> take();

Q_SIGNALS:
    /// There is something to take. Comes from the other thread.
    void painted();

private:
    struct Shown
    {
        GraphPicture picture;
        GraphLook look;
        double pixelRatio = 1;
        quint64 revision = 0;
    };

    void work(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wished;
    std::shared_ptr<const Shown> m_shown = std::make_shared<Shown>();
    std::deque<Wish> m_wishes;
    std::vector<Tile> m_done;
    /// What is being drawn, and of which picture.
    std::optional<std::pair<Key, quint64>> m_current;
    std::jthread m_thread; // the last: it uses all of the above
};

} // namespace rc::ui
