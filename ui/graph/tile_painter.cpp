// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/tile_painter.h"

#include "ui/graph/graph_painter.h"

#include <QPainter>

#include <algorithm>

namespace rc::ui {

TilePainter::TilePainter()
    : m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

TilePainter::~TilePainter() = default;

void TilePainter::show(const GraphPicture& picture, const GraphLook& look, double pixelRatio, quint64 revision)
{
    auto shown = std::make_shared<const Shown>(Shown{picture, look, pixelRatio, revision});
    const std::lock_guard lock(m_mutex);
    m_shown.swap(shown);
}

void TilePainter::want(std::deque<Wish> wishes)
{
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(wishes, [this](const Wish& wish) {
            const auto isThis = [&](const Tile& tile) {
                return tile.key == wish.key && tile.revision == m_shown->revision;
            };
            return m_current == std::pair(wish.key, m_shown->revision) || std::ranges::any_of(m_done, isThis);
        });
        m_wishes.swap(wishes);
    }
    m_wished.notify_one();
}

std::vector<TilePainter::Tile> TilePainter::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_done, {});
}

void TilePainter::work(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wished.wait(lock, stop, [this] { return !m_wishes.empty(); }) && !stop.stop_requested()) {
        const auto wish = m_wishes.front();
        m_wishes.pop_front();
        const auto shown = m_shown;
        m_current = {wish.key, shown->revision};
        lock.unlock();
        QImage image(Size, Size, QImage::Format_RGB32);
        {
            QPainter painter(&image);
            GraphPainter(shown->picture, shown->look, wish.scale, shown->pixelRatio).paint(painter, wish.key.pixels());
        }
        lock.lock();
        m_current.reset();
        m_done.push_back({wish.key, shown->revision, std::move(image)});
        if (m_done.size() == 1) {
            lock.unlock();
            Q_EMIT painted();
            lock.lock();
        }
    }
}

} // namespace rc::ui
