using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>At which time a comparison is asked, where the effect of treatment changes with time.</summary>
/// <remarks>
/// A ladder answers at one time: that asked for, else the last wave where the treatment interacts with the waves' column; else it averages
/// the rows' own contrasts, and says how to ask at a time.
/// </remarks>
internal sealed class TimeQuestion
{
    private readonly ModelFrame frame;
    private readonly ComparisonOptions options;
    private readonly IReadOnlyList<TreatmentEffect> effects;

    private TimeQuestion(ModelFrame frame, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects)
    {
        this.frame = frame;
        this.options = options;
        this.effects = effects;
    }

    /// <summary>The options with the times that the comparison is asked at, and what the reader should know of them.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="withPeriods">Whether arms can be compared within periods, so that these are worth a note.</param>
    /// <exception cref="InputException">A change between times was asked for, and no time can be told.</exception>
    public static (ComparisonOptions Options, IReadOnlyList<string> Notes) Of(
        ModelFrame frame, ComparisonOptions options, IReadOnlyList<TreatmentEffect> effects, bool withPeriods = true)
    {
        if (frame.Recipe is null)
        {
            return (options, []);
        }

        var question = new TimeQuestion(frame, options, effects);
        var time = question.Time();
        var asked = options.Between is { Variable: null } change
            ? options with { Between = change with { Variable = time ?? throw NoTime() } }
            : options;
        IReadOnlyList<string> notes = withPeriods && question.UnnamedPeriods() is { } periods
            ?
            [
                $"Within {frame.Clusters.Name} {options.Treatment} goes with {periods}: say --period {periods}, so that arms are compared "
                + "within it; without, what changes with time looks like the treatment.",
            ]
            : [];
        if (options.At.Count > 0 || time is null || effects.All(effect => !effect.IsInteraction))
        {
            return (asked, notes);
        }

        if (time != options.Wave)
        {
            return (asked,
            [
                .. notes,
                $"The effect of {options.Treatment} changes with {time}, and the ladder averages it over the rows' own values of {time}: "
                + $"ask at one with --at {time}=VALUE, or for the change between two with --between FROM,TO.",
            ]);
        }

        var last = frame.Recipe.LevelsOf(time)[^1];
        return (
            asked with { At = [(time, last)] },
            [
                .. notes,
                $"The effect of {options.Treatment} changes with {time}: the ladder is at {time} = {last}, the last; --at asks at another.",
            ]);
    }

    /// <summary>The column of waves if the treatment interacts with it, else a number it interacts with that changes in clusters.</summary>
    private string? Time()
    {
        var interactions = effects.Where(effect => effect.IsInteraction).ToList();
        if (options.Wave is { } wave && frame.Recipe!.Variables.Contains(wave, StringComparer.Ordinal))
        {
            var columns = TreatmentEffect.Find(frame.Design, wave).Select(effect => effect.Column).ToHashSet();
            if (interactions.Exists(effect => columns.Contains(effect.Column)))
            {
                return wave;
            }
        }

        return interactions
            .Where(effect => effect.IsSlope)
            .Select(effect => effect.Partners[0])
            .FirstOrDefault(name => frame.Recipe!.Variables.Contains(name, StringComparer.Ordinal) && ChangesInClusters(name));
    }

    /// <summary>
    /// A predictor whose values give the arm of a cluster whose arm changes, as periods do in a stepped wedge or a crossover trial; null
    /// when there is none, or it was named.
    /// </summary>
    private string? UnnamedPeriods() =>
        options.Period is not null || options.Exposure is not null || !ChangesInClusters(options.Treatment)
            ? null
            : frame.Recipe!.Variables.FirstOrDefault(variable => variable != options.Treatment && IsPeriod(variable));

    /// <summary>Whether cells of cluster and value have several rows and one arm each, and some value has two arms.</summary>
    private bool IsPeriod(string variable)
    {
        var (codes, arms) = (frame.Recipe!.CodesOf(variable), frame.Recipe.CodesOf(options.Treatment));
        var cells = new Dictionary<(int Cluster, int Code), int>();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                if (cells.TryGetValue((c, codes[i]), out var arm) && arm != arms[i])
                {
                    return false;
                }

                cells[(c, codes[i])] = arms[i];
            }
        }

        return 2 * cells.Count <= frame.Rows
            && cells.GroupBy(cell => cell.Key.Code).Any(period => period.Select(cell => cell.Value).Distinct().Skip(1).Any());
    }

    private bool ChangesInClusters(string variable)
    {
        var codes = frame.Recipe!.CodesOf(variable);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            if (codes.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).ContainsAnyExcept(codes[frame.Clusters.Start(c)]))
            {
                return true;
            }
        }

        return false;
    }

    private static InputException NoTime() => new("--between asks how an effect changes with time, and the treatment interacts with none.")
    {
        Hint = "Name the column, as in --between time=0,12, and let the formula have treatment * time.",
    };
}
