#pragma once

namespace handgrad {

// Whether something was written just before or behind an array that `new` gave out (the numbers of a Matrix, of a
// std::vector), since this was last asked. The program's own new puts NaN there, so that what is read outside through a
// pointer spoils the result, and what is written is found.
bool written_outside();

// Whether an address lies in something that `new` gave out and that is not deleted yet.
bool is_alive(const void* address);

}  // namespace handgrad
