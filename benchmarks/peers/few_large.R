# Few large clusters: 300,000 rows in 3, 12 and 60 of them, a million in 2, and 3 of 500 rows, whose time is that of the start.
# Usage: Rscript few_large.R FOLDER     writes few-3x500.csv, few-3x100000.csv, few-12x25000.csv, few-60x5000.csv, few-2x500000.csv
set.seed(8)
for (size in list(c(3, 500), c(3, 1e5), c(12, 25000), c(60, 5000), c(2, 5e5))) {
  id <- rep(seq_len(size[1]), each = size[2]); x <- rnorm(length(id)); u <- rnorm(size[1], 0, .6)
  rows <- data.frame(id = id, x = x, y = rbinom(length(id), 1, plogis(u[id] + .3 * x)))
  write.csv(rows, file.path(commandArgs(TRUE)[1], sprintf("few-%dx%d.csv", size[1], size[2])), row.names = FALSE, quote = FALSE)
}
