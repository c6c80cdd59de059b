# Writes the trials that project and peers are timed on: subjects x visits, binary outcome, subject effects of standard deviation 1.5.
# Usage: Rscript make_data.R FOLDER
folder <- commandArgs(TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

trial <- function(subjects, visits) {
  set.seed(1)
  n <- subjects * visits
  data <- data.frame(
    id = rep(seq_len(subjects), each = visits),
    time = rep(seq_len(visits) - 1, subjects) / visits,
    trt = rep(rbinom(subjects, 1, 0.5), each = visits),
    x1 = rnorm(n),
    x2 = rep(rnorm(subjects), each = visits))
  effect <- rep(rnorm(subjects, 0, 1.5), each = visits)
  eta <- with(data, -0.5 + 0.4 * trt - 0.3 * time + 0.5 * trt * time + 0.3 * x1 - 0.2 * x2) + effect
  data$y <- rbinom(n, 1, plogis(eta))
  data
}

sizes <- list(small = c(300, 7), medium = c(10000, 5), large = c(100000, 10))
for (name in names(sizes)) {
  file <- file.path(folder, paste0(name, ".csv"))
  if (!file.exists(file)) write.csv(trial(sizes[[name]][1], sizes[[name]][2]), file, row.names = FALSE, quote = FALSE)
}

# Studies for meta-analysis: a thousand effects, and the vaccine trials of the reference data.
set.seed(2)
v <- runif(1000, 0.01, 0.5)
write.csv(data.frame(yi = rnorm(1000, 0.3, sqrt(0.16 + v)), vi = v), file.path(folder, "studies.csv"), row.names = FALSE)
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
file.copy(file.path(dirname(script), "..", "..", "tests", "reference", "data", "bcg.csv"), file.path(folder, "trials.csv"), overwrite = TRUE)
