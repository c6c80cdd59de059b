using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Generators;

/// <summary>Trials in which the effect of the treatment alone is finite: what every estimator is asked about.</summary>
internal static class Interior
{
    /// <summary>Whether both arms have clusters and outcomes that vary as they must.</summary>
    public static bool Has(TrialData trial)
    {
        for (var arm = 0; arm < 2; arm++)
        {
            var outcomes = Outcomes(trial, arm);
            if (outcomes.Count == 0 || (trial.Model.IsBinary && (!outcomes.Contains(0) || !outcomes.Contains(1)))
                || (trial.Model.Family == Family.Poisson && outcomes.TrueForAll(value => value == 0)))
            {
                return false;
            }
        }

        return trial.Model.IsBinary || trial.Outcome.ToArray().Distinct().Skip(1).Any();
    }

    /// <summary>The trial with as few outcomes changed as that needs; near separation, an arm keeps one event at most.</summary>
    public static TrialData Make(TrialData trial, bool nearSeparation)
    {
        var outcome = trial.Outcome.ToArray();
        if (nearSeparation && (trial.Model.IsBinary || trial.Model.Family == Family.Poisson))
        {
            for (var row = 0; row < outcome.Length; row++)
            {
                outcome[row] = trial.Treatment[row] == 1 ? 0 : outcome[row];
            }
        }

        for (var arm = 0; arm < 2; arm++)
        {
            int[] rows = [.. Enumerable.Range(0, outcome.Length).Where(row => trial.Treatment[row] == arm)];
            if (rows.Length == 0)
            {
                continue;
            }

            if (trial.Model.IsBinary && rows.All(row => outcome[row] == 1))
            {
                outcome[rows[0]] = 0;
            }

            if ((trial.Model.IsBinary || trial.Model.Family == Family.Poisson) && rows.All(row => outcome[row] == 0))
            {
                outcome[rows[^1]] = 1;
            }
        }

        if (!trial.Model.IsBinary && outcome.All(value => value == outcome[0]))
        {
            outcome[^1] += 1;
        }

        return trial.WithOutcome(outcome);
    }

    private static List<double> Outcomes(TrialData trial, int arm)
    {
        var outcomes = new List<double>();
        for (var row = 0; row < trial.Rows; row++)
        {
            if (trial.Treatment[row] == arm)
            {
                outcomes.Add(trial.Outcome[row]);
            }
        }

        return outcomes;
    }
}
