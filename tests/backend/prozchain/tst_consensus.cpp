// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include "backend/prozchain/consensus.h"

#include <deque>
#include <random>

using namespace rc;
using namespace rc::prozchain;

namespace {

/// Four validators in one process, without clock and network: messages and timeouts are delivered in an order drawn
/// from a seed, some are lost.
class Net;

class Machine : public ConsensusHost
{
public:
    Machine(Net& net, int index);
    ~Machine() override = default;

    void restart();
    Result<Block> buildBlock(qint64 round) override { return block(round); }
    bool isValid(const Block& block) override { return block.header.height == consensus->height(); }
    void broadcast(const Message& message) override;
    void schedule(const Timeout& timeout) override { timeouts.push_back(timeout); }
    void decided(const Block& block, const Commit& commit) override
    {
        QVERIFY(genesis.verifyCommit(block.header, commit));
        final.append(block.header.hash());
        beginNext();
    }
    void beginNext()
    {
        consensus->prepare(final.size() + 1);
        consensus->begin();
    }
    [[nodiscard]] Block block(qint64 round) const
    {
        BlockHeader header;
        header.chainId = genesis.chainId;
        header.height = final.size() + 1;
        header.round = round;
        header.timeMs = index * 1000 + lives; // so that each proposer, and each life of it, proposes another block
        return {header, {}};
    }

    Net& net;
    int index;
    int lives = 0;
    bool alive = true;
    Genesis genesis = test::fourValidators();
    QTemporaryDir directory;
    std::optional<Signer> signer;
    std::unique_ptr<Consensus> consensus;
    std::deque<Timeout> timeouts;
    QList<Hash> final;
};

class Net
{
public:
    explicit Net(unsigned seed, double loss)
        : random(seed)
        , lossRate(loss)
    {
        for (int i = 0; i < 4; ++i) {
            machines.push_back(std::make_unique<Machine>(*this, i));
        }
        for (auto& machine : machines) {
            machine->restart();
        }
    }

    bool chance(double probability) { return std::uniform_real_distribution<>(0, 1)(random) < probability; }
    std::size_t pick(std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); }

    /// One delivery. When nothing is under way any more: everybody tells everything again, and one timeout passes;
    /// now and then one passes too early.
    void step()
    {
        if (!mail.empty() && !chance(0.002)) {
            const auto at = mail.begin() + static_cast<std::ptrdiff_t>(pick(mail.size()));
            const auto [to, message] = *at;
            mail.erase(at);
            if (machines[to]->alive && !chance(lossRate)) {
                machines[to]->consensus->receive(message);
            }
            return;
        }
        if (mail.empty() && chance(0.5)) {
            gossip();
            return;
        }
        auto& machine = *machines[pick(4)];
        if (machine.alive && !machine.timeouts.empty()) {
            const auto timeout = machine.timeouts.front();
            machine.timeouts.pop_front();
            machine.consensus->onTimeout(timeout);
        }
    }
    void gossip()
    {
        for (auto& machine : machines) {
            if (machine->alive) {
                for (const auto& message : machine->consensus->known()) {
                    machine->broadcast(message);
                }
            }
        }
    }

    /// Until the machines have come to a height. A machine that is behind learns what is final from the others.
    bool runTo(qsizetype height, int steps = 60'000)
    {
        for (int i = 0; i < steps; ++i) {
            step();
            catchUp();
            if (std::all_of(machines.begin(), machines.end(),
                            [&](const auto& m) { return !m->alive || m->final.size() >= height; })) {
                return true;
            }
        }
        return false;
    }
    void catchUp()
    {
        for (auto& machine : machines) {
            for (auto& ahead : machines) {
                if (machine->alive && ahead->alive && ahead->final.size() > machine->final.size() && chance(0.01)) {
                    diverged = diverged || ahead->final.first(machine->final.size()) != machine->final;
                    machine->final = ahead->final;
                    machine->beginNext();
                }
            }
        }
    }
    /// Now, and whenever a machine learned from another.
    [[nodiscard]] bool agree() const
    {
        if (diverged) {
            return false;
        }
        for (const auto& a : machines) {
            for (const auto& b : machines) {
                const auto common = std::min(a->final.size(), b->final.size());
                if (a->final.first(common) != b->final.first(common)) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] QString describe(unsigned seed) const
    {
        QString text = QString("seed %1:").arg(seed);
        for (const auto& machine : machines) {
            text += QString(" %1 blocks, round %2;").arg(machine->final.size()).arg(machine->consensus->round());
        }
        return text;
    }

    std::mt19937 random;
    double lossRate;
    bool diverged = false;
    std::vector<std::unique_ptr<Machine>> machines;
    std::deque<std::pair<std::size_t, Message>> mail;
};

Machine::Machine(Net& owner, int number)
    : net(owner)
    , index(number)
{
}

void Machine::restart()
{
    ++lives;
    alive = true;
    timeouts.clear();
    auto opened = Signer::open(directory.path(), test::validatorKeys(index), genesis.chainId, final.size());
    VERIFY_OK(opened);
    signer = std::move(*opened);
    consensus = std::make_unique<Consensus>(genesis, &*signer, *this);
    beginNext();
}

void Machine::broadcast(const Message& message)
{
    for (std::size_t to = 0; to < 4; ++to) {
        if (static_cast<int>(to) != index) {
            net.mail.emplace_back(to, message);
        }
    }
}

} // namespace

class TestConsensus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fourAgree()
    {
        Net net(1, 0);
        QVERIFY(net.runTo(10));
        QVERIFY(net.agree());
    }

    void lossAndDisorderDoNotDivideThem()
    {
        for (unsigned seed = 1; seed <= 6; ++seed) {
            Net net(seed, 0.3);
            QVERIFY2(net.runTo(5), qPrintable(net.describe(seed)));
            QVERIFY(net.agree());
        }
    }

    void threeOfFourGoOnTwoDoNot()
    {
        Net net(3, 0);
        QVERIFY(net.runTo(2));
        net.machines[0]->alive = false;
        QVERIFY(net.runTo(6));
        net.machines[1]->alive = false;
        const auto height = std::max(net.machines[2]->final.size(), net.machines[3]->final.size());
        QVERIFY(!net.runTo(height + 2, 5'000));
        net.machines[1]->restart();
        QVERIFY(net.runTo(height + 4));
        QVERIFY(net.agree());
    }

    void restartsAtAnyMomentDoNotDivideThemNorHaltThem()
    {
        for (unsigned seed = 1; seed <= 6; ++seed) {
            Net net(seed, 0.1);
            for (int i = 0; i < 40; ++i) {
                for (int steps = 0; steps < 15; ++steps) {
                    net.step();
                    net.catchUp();
                }
                net.machines[net.pick(4)]->restart();
            }
            QVERIFY(net.agree());
            QVERIFY2(net.runTo(net.machines[0]->final.size() + 3), qPrintable(net.describe(seed)));
            QVERIFY(net.agree());
        }
    }

    void allAtOnceMayBeStoppedInTheMiddleOfARound()
    {
        for (unsigned seed = 1; seed <= 6; ++seed) {
            Net net(seed, 0);
            for (int steps = 0; steps < 12 + static_cast<int>(seed) * 3; ++steps) {
                net.step();
            }
            net.mail.clear();
            for (auto& machine : net.machines) {
                machine->restart();
            }
            QVERIFY2(net.runTo(5), qPrintable(net.describe(seed)));
            QVERIFY(net.agree());
        }
    }
};

QTEST_GUILESS_MAIN(TestConsensus)
#include "tst_consensus.moc"
