# Writes penicillin.csv (Davies and Goldsmith 1972, as in lme4) and prints the intervals of ProfileIntervalTests. Run from this folder: Rscript crossed.R
suppressMessages(library(lme4))
write.csv(Penicillin, "penicillin.csv", row.names = FALSE, quote = FALSE)
print(confint(lmer(diameter ~ 1 + (1 | plate) + (1 | sample), Penicillin, REML = FALSE), oldNames = FALSE), digits = 9)
