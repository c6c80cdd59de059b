using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Cli.Imputed;

/// <summary>Runs what a command does with one data set for each imputed one: the only place that knows there are several.</summary>
internal static class ImputedFits
{
    /// <summary>Fits each set, pools the fits, and writes the pooled table; returns the exit code.</summary>
    /// <param name="request">Where the sets are.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="fit">The command's fit of one set, ready to be shown.</param>
    /// <param name="context">Where to.</param>
    /// <param name="predictions">The file that predictions of new rows go to; null for none.</param>
    /// <exception cref="InputException">The sets do not fit together, or one of them cannot be fitted.</exception>
    public static int Write(
        ImputedRequest request, FitArguments arguments, Func<FitArguments, FitSummary> fit, CommandContext context, string? predictions)
    {
        var results = Each(request, arguments, fit, one => one.Convergence, one => one.Frame);
        var pooled = new FitPool(results, request, context.Output.Level).Summary(arguments.Data);
        if (pooled.Predictions is { } rows)
        {
            context.WriteTable(predictions, rows.Csv);
        }

        return FitOutput.Write(pooled, context);
    }

    /// <summary>The result of every set.</summary>
    /// <param name="request">Where the sets are.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="fit">What is done with one set.</param>
    /// <param name="convergenceOf">How it ended.</param>
    /// <param name="frameOf">The rows it used.</param>
    /// <exception cref="InputException">The sets do not fit together, or one of them did not converge.</exception>
    public static ImputedResults<T> Each<T>(
        ImputedRequest request, FitArguments arguments, Func<FitArguments, T> fit, Func<T, Convergence> convergenceOf,
        Func<T, ModelFrame> frameOf)
    {
        var tables = new ImputedTables(arguments.Data, request);
        var (sets, results, failed) = (new List<ImputedSet>(), new List<T>(), new List<string>());
        using var work = LongWork.Begin("imputed data sets", tables.Sets.Count);
        foreach (var set in work.Each(tables.Sets))
        {
            var result = fit(arguments with { Data = set.Data });
            if (convergenceOf(result) is { Converged: false } convergence)
            {
                failed.Add(request.DropsFailed ? set.Label : throw Stopped(set, convergence));
                continue;
            }

            if (results.Count > 0)
            {
                ImputedChecks.Require(sets[0], frameOf(results[0]), set, frameOf(result));
            }

            sets.Add(set);
            results.Add(result);
        }

        return results.Count < 2
            ? throw new InputException(
                $"Of {tables.Sets.Count} imputed data sets the fits of {failed.Count} did not converge: fewer than two are left to pool.")
            {
                File = arguments.Data.Path,
                Hint = "Fit one of them by itself, and make the model simpler.",
            }
            : new ImputedResults<T>(sets, results, failed.Count == 0 ? [] :
            [
                $"{results.Count} of {tables.Sets.Count} imputed data sets are pooled; the fit did not converge in "
                    + $"{string.Join(", ", failed)}.",
            ]);
    }

    private static InputException Stopped(ImputedSet set, Convergence convergence) => new(
        $"The fit of {set.Label} did not converge ({FitOutput.StatusName(convergence.Status)}), and what is pooled has to be estimated in "
            + $"every set.{(convergence.Message.Length == 0 ? string.Empty : " " + convergence.Message)}")
    {
        File = set.Data.Path,
        Hint = "Make the model simpler, or pool the other sets by --drop-failed.",
    };
}
