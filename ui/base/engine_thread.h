// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/engine.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <concepts>
#include <functional>
#include <mutex>
#include <vector>

namespace rc::ui {

template <class T>
struct TaskValue
{
    using Type = T;
};
template <class T>
struct TaskValue<QCoro::Task<T>>
{
    using Type = T;
};

/// The engine on its thread, and the way there and back: facts come by the engine's signals, answers as futures.
/// Destroying it lets what runs end in good order first.
class EngineThread : public QObject
{
    Q_OBJECT

public:
    EngineThread(const DeskOptions& options, EngineMode mode, QObject* parent = nullptr);
    ~EngineThread() override;

    void start();
    /// Lets what runs end in good order, and waits for it. Before what awaits answers is destroyed.
    void stop();
    /// To connect to signals; everything else by ask().
    [[nodiscard]] const Engine& engine() const { return *m_engine; }

    /// Runs `question` on the engine's thread; its answer (a value, or what a task ends with) completes the future.
    /// Continue with `future.then(context, ...)`, where context lives on this thread.
    template <std::invocable<Engine&> Question>
    auto ask(Question question)
    {
        using Answer = std::invoke_result_t<Question, Engine&>;
        using Value = typename TaskValue<Answer>::Type;
        const auto promise = std::make_shared<QPromise<Value>>();
        promise->start();
        tell([question, promise](Engine& engine) {
            if constexpr (std::same_as<Answer, Value>) {
                promise->addResult(question(engine));
                promise->finish();
            } else {
                await<Value>(question(engine), promise);
            }
        });
        return promise->future();
    }
    /// The same for an act without an answer.
    void tell(std::function<void(Engine&)> act);

Q_SIGNALS:
    /// There is something in the mailbox.
    void told();

private:
    void runMailbox();

    template <class Value>
    static QCoro::Task<> await(QCoro::Task<Value> task, std::shared_ptr<QPromise<Value>> promise)
    {
        Value value = co_await task;
        promise->addResult(std::move(value));
        promise->finish();
    }

    QThread m_thread;
    Engine* m_engine;
    bool m_started = false;
    // A mailbox of our own and not the event queue: the thread sanitizer cannot look into Qt's.
    std::mutex m_mutex;
    std::vector<std::function<void(Engine&)>> m_mailbox;
};

} // namespace rc::ui
