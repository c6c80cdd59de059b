using System.Runtime.CompilerServices;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Mixed;

namespace MarginalConditional.Glmm.Model;

/// <summary>One grouping with all terms that use it: their columns side by side (scaled), one covariance factor.</summary>
internal sealed class RandomLevel
{
    /// <summary>The intercepts of partitions that live: what fits of many outcomes on the same clusters share.</summary>
    private static readonly ConditionalWeakTable<Clusters, IReadOnlyList<RandomLevel>> Intercepts = [];

    private readonly int rows;
    private readonly int[] groups;
    private readonly int[]? offsets;

    private RandomLevel(IReadOnlyList<RandomTermDesign> terms, int rows, double unit)
    {
        Terms = terms;
        this.rows = rows;
        groups = terms[0].Groups.ToArray();
        GroupCount = terms[0].GroupCount;
        Reported = FactorLayout.Lower(terms.Select(term => (term.Dimension, term.Correlated)));
        Factor = new CovarianceFactor(FactorLayout.Upper(terms.Select(term => (term.Dimension, term.Correlated))));
        offsets = Offsets();
        Factors = [.. terms.Select(term => (
            FactorLayout.Upper((term.Dimension, term.Correlated)), FactorLayout.Lower((term.Dimension, term.Correlated))))];
        ParameterNames = [.. Names(terms, Reported)];
        Scales =
            [.. terms.SelectMany(term => Enumerable.Range(0, term.Dimension).Select(c => ColumnScaling.ScaleOf(term.Column(c)) / unit))];
    }

    /// <summary>The terms of the grouping, in the order of the formula.</summary>
    public IReadOnlyList<RandomTermDesign> Terms { get; }

    /// <summary>The number of groups.</summary>
    public int GroupCount { get; }

    /// <summary>The parametrization of D, in the scaled units.</summary>
    public CovarianceFactor Factor { get; }

    /// <summary>Where the level's parameters stand as they are reported: in the lower Cholesky factor of D.</summary>
    public FactorLayout Reported { get; }

    /// <summary>Where the entries of each term alone stand: in the factor of the iteration, and in the one reported.</summary>
    public IReadOnlyList<(FactorLayout Upper, FactorLayout Lower)> Factors { get; }

    /// <summary>The names of the parameters that are reported, such as <c>theta[id](Intercept)</c>.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <summary>What each column of Z was divided by.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>The group of each row.</summary>
    public ReadOnlySpan<int> Groups => groups;

    /// <summary>Whether the rows of each group follow one another.</summary>
    public bool IsContiguous => offsets is not null;

    /// <summary>The row offsets of the groups, which are contiguous: GroupCount + 1 numbers.</summary>
    /// <exception cref="InvalidOperationException">They are not, in a frame whose groupings cross.</exception>
    public ReadOnlySpan<int> ClusterOffsets =>
        offsets ?? throw new InvalidOperationException($"The rows of the grouping {Terms[0].Group} are not contiguous in the frame.");

    /// <summary>
    /// Gathers the terms of a frame by grouping, coarsest first; without terms a random intercept of the frame's clusters.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="unit">What the columns are multiplied by beside their scale: see <see cref="ColumnScaling"/>.</param>
    public static IReadOnlyList<RandomLevel> FromFrame(ModelFrame frame, double unit = 1)
    {
        return frame.RandomTerms.Count > 0 ? Gather(frame.RandomTerms, frame.Rows, unit)
            : unit != 1 ? Gather([InterceptOf(frame.Clusters)], frame.Rows, unit)
            : Intercepts.GetValue(frame.Clusters, clusters => Gather([InterceptOf(clusters)], clusters.Offsets[^1], 1));
    }

    private static RandomLevel[] Gather(IReadOnlyList<RandomTermDesign> terms, int rows, double unit) =>
        [
            .. terms.GroupBy(term => term.Group, StringComparer.Ordinal)
                .Select(level => new RandomLevel([.. level], rows, unit))
                .OrderBy(level => level.GroupCount),
        ];

    /// <summary>Z of all terms, scaled, n×q by row.</summary>
    public double[] RowMajorDesign()
    {
        var values = new double[rows * Factor.Dimension];
        FillDesign(values);
        return values;
    }

    /// <summary>Writes Z of all terms, scaled.</summary>
    /// <param name="values">Receives n×q numbers by row.</param>
    public void FillDesign(Span<double> values)
    {
        var q = Factor.Dimension;
        var c = 0;
        foreach (var term in Terms)
        {
            for (var j = 0; j < term.Dimension; j++, c++)
            {
                var column = term.Column(j);
                for (var i = 0; i < rows; i++)
                {
                    values[(i * q) + c] = column[i] / Scales[c];
                }
            }
        }
    }

    private static IEnumerable<string> Names(IReadOnlyList<RandomTermDesign> terms, FactorLayout layout)
    {
        foreach (var entry in layout.Entries.ToArray())
        {
            var term = terms[entry.Term];
            var other = entry.IsDiagonal ? "" : $",{term.Names[entry.Column]}";
            yield return $"theta[{term.Group}]{term.Names[entry.Row]}{other}";
        }
    }

    private static RandomTermDesign InterceptOf(Clusters clusters)
    {
        var members = new int[clusters.Offsets[^1]];
        for (var i = 0; i < clusters.Count; i++)
        {
            members.AsSpan(clusters.Start(i), clusters.Size(i)).Fill(i);
        }

        var ones = new double[members.Length];
        Array.Fill(ones, 1);
        return new RandomTermDesign(
            clusters.Name,
            members,
            clusters.Count,
            clusters.Label,
            [DesignMatrix.InterceptName],
            ones,
            correlated: true);
    }

    // Null where the rows of a group do not follow one another.
    private int[]? Offsets()
    {
        var starts = new int[GroupCount + 1];
        for (var i = 0; i < rows; i++)
        {
            if (i > 0 && groups[i] < groups[i - 1])
            {
                return null;
            }

            starts[groups[i] + 1]++;
        }

        for (var g = 0; g < GroupCount; g++)
        {
            starts[g + 1] += starts[g];
        }

        return starts;
    }
}
