using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Meta.Regression;

/// <summary>Studies with the columns of their moderators, and with what groups their effects.</summary>
public sealed class ModeratedStudies
{
    /// <summary>The name by which formulas of moderators call the effects.</summary>
    public const string ResponseName = "effect.of.the.study";

    private readonly double[] design;
    private readonly int[] clusters;

    private ModeratedStudies(StudyEffects studies, ModelFrame frame, double[] design, int[] clusters)
    {
        Studies = studies;
        Frame = frame;
        this.design = design;
        this.clusters = clusters;
    }

    /// <summary>The studies whose moderators are known, in the order given.</summary>
    public StudyEffects Studies { get; }

    /// <summary>The moderators as a frame, with the recipe that predictions need; its rows have an order of their own.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The coefficients' names, p.</summary>
    public IReadOnlyList<string> Names => Frame.Design.Names;

    /// <summary>The column that says which effects belong together; null when each stands by itself.</summary>
    public string? ClusterName { get; private init; }

    /// <summary>For each grouping of random effects its name and the group of each study; empty for one effect a study.</summary>
    internal IReadOnlyList<(string Name, int[] Groups)> Groupings { get; private init; } = [];

    /// <summary>X, k×p, column-major, in the studies' order.</summary>
    internal double[] Design => design;

    /// <summary>The cluster of each study; empty without clusters.</summary>
    internal ReadOnlySpan<int> Clusters => clusters;

    /// <summary>The moderators that are numbers, with the value of each study.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Numbers { get; private init; } = [];

    /// <summary>The moderators that are categories, with the level of each study.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Levels)> Factors { get; private init; } = [];

    /// <summary>The value of a study in a column of the design.</summary>
    public double Moderator(int study, int column) => design[(column * Studies.Count) + study];

    /// <summary>Codes the moderators of studies that were read from a table.</summary>
    /// <param name="studies">The studies, with their rows of <paramref name="data"/>.</param>
    /// <param name="data">The table, with the columns that the request names.</param>
    /// <param name="request">The moderators, by a formula whose left side is <see cref="ResponseName"/>, references, factors.</param>
    /// <param name="cluster">The column that says which effects belong together, for robust variances; null for none.</param>
    /// <exception cref="InputException">The columns do not fit the request, or a random term has a slope.</exception>
    public static ModeratedStudies Of(StudyEffects studies, Dataset data, FrameRequest request, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(request);
        foreach (var name in request.Columns.Concat(cluster is null ? [] : GroupingName.Columns(cluster)))
        {
            if (name != ResponseName && data.Find(name) is null)
            {
                throw data.NoColumn(name);
            }
        }

        // The frame codes the moderators; what stands in for the effects only has to differ, which effects need not.
        var outcome = new double[data.Rows];
        Array.Fill(outcome, double.NaN);
        var studyOf = new Dictionary<int, int>();
        for (var i = 0; i < studies.Count; i++)
        {
            outcome[studies.Rows[i]] = i + 0.5;
            studyOf[studies.Rows[i]] = i;
        }

        var frame = ModelFrameBuilder.Build(data.With(new NumericColumn(ResponseName, outcome)), request with
        {
            AuxiliaryGroupings = cluster is null ? [] : [cluster],
        });
        if (frame.RandomTerms.FirstOrDefault(term => !term.IsIntercept) is { } slope)
        {
            throw new InputException($"The random part of {slope.Group} has a slope; a meta-analysis has intercepts (1 | {slope.Group}).");
        }

        int[] places = [.. Enumerable.Range(0, frame.Rows).OrderBy(row => frame.RowOrder[row])];
        var kept = studies.Keep([.. places.Select(place => studyOf[frame.RowOrder[place]])]);
        return Of(kept, frame, places, cluster, data);
    }

    private static ModeratedStudies Of(StudyEffects kept, ModelFrame frame, int[] places, string? cluster, Dataset data)
    {
        var (k, p) = (places.Length, frame.Design.Columns);
        if (k <= p)
        {
            throw new InputException(FormattableString.Invariant(
                $"{k} studies have known moderators, for {p} {(p == 1 ? "coefficient" : "coefficients")}; more are needed than that."))
            {
                Hint = "Leave moderators out.",
            };
        }

        var design = new double[k * p];
        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < k; i++)
            {
                design[(j * k) + i] = frame.Design.Column(j)[places[i]];
            }
        }

        return new ModeratedStudies(kept, frame, design, cluster is null
            ? []
            : Array.ConvertAll(places, place => ((FactorColumn)frame.Auxiliary(cluster)).Codes[place]))
        {
            ClusterName = cluster,
            Numbers =
            [
                .. frame.Recipe!.GridVariables.Where(name => !frame.Recipe.AxisOf(name).IsFactor).Select(name =>
                    (name, Values((NumericColumn)data.Find(name)!, places, frame.RowOrder))),
            ],
            Factors =
            [
                .. frame.Recipe!.GridVariables.Where(name => frame.Recipe.AxisOf(name).IsFactor).Select(name =>
                    (name, Levels(data.Find(name)!, places, frame.RowOrder))),
            ],
            Groupings = [.. frame.RandomTerms.Select(term => (term.Group, places.Select(place => term.Groups[place]).ToArray()))],
        };
    }

    private static IReadOnlyList<double> Values(NumericColumn column, int[] places, ReadOnlySpan<int> rows)
    {
        var values = new double[places.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column.Values[rows[places[i]]];
        }

        return values;
    }

    private static IReadOnlyList<string> Levels(Column column, int[] places, ReadOnlySpan<int> rows)
    {
        var levels = new string[places.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            var row = rows[places[i]];
            levels[i] = column is FactorColumn factor
                ? factor.Levels[factor.Codes[row]]
                : ((NumericColumn)column).Values[row].ToString("R", CultureInfo.InvariantCulture);
        }

        return levels;
    }
}
