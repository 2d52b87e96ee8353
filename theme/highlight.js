// mdBook always writes this file; code is highlighted when the book is built.
