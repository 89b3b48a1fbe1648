// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/application.h"

#include <cstdio>
#include <cstring>

int main(int argc, char** argv)
{
    // Before anything is set up: scripts ask for it often.
    if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
        std::puts("recoveryctl " RC_VERSION);
        return 0;
    }
    return rc::ctl::runApplication(argc, argv);
}
