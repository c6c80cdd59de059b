# Makes influenza.csv: two years of monthly influenza rates per 100,000 in 150 districts (R 4.2 or later, no packages).
# On the log scale: a common season with its peak in February, and first-order autoregressive deviations of each district
# (correlation 0.6 from month to month, standard deviation 0.5). About 3 % of the months were not reported.
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20260215)
districts <- 150
months <- 24
phi <- 0.6
deviation <- 0.5
season <- 3 + 1.1 * cos(2 * pi * (seq_len(months) - 2) / 12)
rows <- lapply(seq_len(districts), function(d) {
  e <- numeric(months)
  e[1] <- rnorm(1, 0, deviation)
  for (t in 2:months) e[t] <- phi * e[t - 1] + rnorm(1, 0, deviation * sqrt(1 - phi^2))
  data.frame(district = sprintf("D%03d", d), month = seq_len(months), rate = round(exp(season + e), 2))
})
data <- do.call(rbind, rows)
data <- data[runif(nrow(data)) > 0.03, ]
arguments <- commandArgs(FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
write.csv(data, file.path(here, "influenza.csv"), row.names = FALSE, quote = FALSE)
