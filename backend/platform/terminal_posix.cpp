// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/terminal.h"

#include "backend/platform/signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace rc {

namespace {

constexpr char ctrlC = 3;

enum class Echo {
    Off,
    On,
};

/// Ctrl-C a character that ends the line, instead of a signal that would leave the echo off. Put back as it was by the
/// destructor.
class LineTerminal
{
public:
    LineTerminal(int descriptor, Echo echo)
        : m_descriptor(descriptor)
        , m_valid(::tcgetattr(descriptor, &m_before) == 0)
    {
        auto wanted = m_before;
        wanted.c_lflag &= ~static_cast<tcflag_t>(echo == Echo::Off ? ECHO | ISIG : ISIG);
        wanted.c_lflag |= ICANON;
        wanted.c_cc[VEOL] = ctrlC;
        m_valid = m_valid && ::tcsetattr(descriptor, TCSAFLUSH, &wanted) == 0;
    }
    ~LineTerminal()
    {
        if (m_valid) {
            ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        }
    }
    Q_DISABLE_COPY_MOVE(LineTerminal)

    [[nodiscard]] bool isValid() const { return m_valid; }

private:
    int m_descriptor;
    termios m_before = {};
    bool m_valid;
};

bool put(int descriptor, const QByteArray& text)
{
    return ::write(descriptor, text.constData(), static_cast<size_t>(text.size())) == text.size();
}

/// False if the program was asked to end before there was a line: its event loop, which would tell, stands still.
bool waitForLine(int terminal)
{
    std::array<pollfd, 2> awaited{pollfd{.fd = terminal, .events = POLLIN, .revents = 0},
                                  pollfd{.fd = pendingSignal(SIGTERM), .events = POLLIN, .revents = 0}};
    int ready = 0;
    do {
        ready = ::poll(awaited.data(), awaited.size(), -1);
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && awaited[1].revents == 0;
}

Result<QByteArray> readLine(int terminal, const QString& prompt, Echo echo)
{
    const LineTerminal mode(terminal, echo);
    if (!mode.isValid() || !put(terminal, prompt.toUtf8())) {
        return fail(ErrorCode::InvalidInput, "The terminal cannot be asked.");
    }
    QByteArray line(1024, '\0');
    const auto length = !waitForLine(terminal) ? 0 : ::read(terminal, line.data(), static_cast<size_t>(line.size()));
    if (echo == Echo::Off) {
        put(terminal, "\n");
    }
    if (length <= 0 || line.at(static_cast<qsizetype>(length) - 1) == ctrlC) {
        return fail(ErrorCode::Cancelled, "The question on the terminal was not answered.");
    }
    line.truncate(length);
    if (line.endsWith('\n')) {
        line.chop(1);
    }
    return line;
}

} // namespace

bool isTerminal(int descriptor)
{
    return ::isatty(descriptor) == 1;
}

static Result<QByteArray> askThere(const QString& prompt, Echo echo, const QString& otherwise)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) {
        return fail(ErrorCode::InvalidInput, otherwise);
    }
    auto answer = readLine(terminal, prompt, echo);
    ::close(terminal);
    return answer;
}

Result<QByteArray> readPassphrase(const QString& prompt)
{
    return askThere(prompt, Echo::Off, "There is no terminal to ask for the passphrase on: name a file that holds it.");
}

Result<QString> askOnTerminal(const QString& question)
{
    const auto answer = askThere(question, Echo::On, "There is no terminal to ask on.");
    return answer ? Result<QString>(QString::fromUtf8(*answer).trimmed()) : std::unexpected(answer.error());
}

} // namespace rc
