### The reporter's page. Someone who is frightened or in a hurry has to understand this at once.
### Version for children: reporter-child.ftl (same names; what is not there comes from here).

page-title = Write a message
leave-quickly = Leave quickly
leave-quickly-hint = Or press Escape three times.
