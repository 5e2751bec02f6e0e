/* The program's version (semver). */
#ifndef BEFFROI_MAIN_VERSION_H
#define BEFFROI_MAIN_VERSION_H

#define BEFFROI_VERSION "0.1.0"

#endif
