// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include <cstdio>

using namespace rc::prozchain;

/// chain_writer DIRECTORY grow|rollback HEIGHT: appends blocks up to a height or rolls back to it, then exits 0. Exists
/// to be killed.
int main(int argc, char* argv[])
{
    if (argc != 4) {
        return 2;
    }
    auto store = ChainStore::open(QString::fromLocal8Bit(argv[1]), test::fourValidators());
    if (!store) {
        std::fputs(qPrintable(store.error().message), stderr);
        return 1;
    }
    const auto height = QByteArray(argv[3]).toLongLong();
    std::puts("ready");
    std::fflush(stdout);
    if (QByteArray(argv[2]) == "rollback") {
        return store->rollbackTo(height) ? 0 : 1;
    }
    while (store->head().height < height) {
        if (const auto done = test::grow(*store, 1); !done) {
            std::fputs(qPrintable(done.error().message), stderr);
            return 1;
        }
    }
    return 0;
}
