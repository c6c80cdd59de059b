using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>
/// What every estimator fits: complete cases, sorted by cluster and wave,
/// with factors coded. Built once, shared by all fits of a comparison.
/// </summary>
/// <remarks>
/// Rows are in one canonical order, so a shuffled file gives the same frame.
/// Design and response are wrapped, not copied, and must not change afterwards.
/// </remarks>
public sealed class ModelFrame
{
    private readonly double[] response;
    private readonly double[] weights = [];
    private readonly double[] trials = [];
    private readonly double[] offset = [];
    private readonly int[] waves = [];
    private readonly double[] waveValues = [];
    private readonly int[] rowOrder = [];

    /// <summary>Creates a frame from a design, a response and the clusters of the sorted rows.</summary>
    /// <param name="design">n×p.</param>
    /// <param name="response">n values; for events out of trials the proportion events / trials.</param>
    /// <param name="clusters">The partition of the n rows.</param>
    public ModelFrame(DesignMatrix design, double[] response, Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(clusters);
        Design = design;
        this.response = response;
        Clusters = clusters;
    }

    /// <summary>n, the number of rows used.</summary>
    public int Rows => response.Length;

    /// <summary>The fixed-effects design, n×p.</summary>
    public DesignMatrix Design { get; }

    /// <summary>The design of the log odds of excess zeros of counts; null without one.</summary>
    public DesignMatrix? Inflation { get; init; }

    /// <summary>w, a row of that design, new; empty without.</summary>
    /// <param name="row">The row, counted from 0.</param>
    public double[] InflationRow(int row)
    {
        var w = new double[Inflation?.Columns ?? 0];
        for (var j = 0; j < w.Length; j++)
        {
            w[j] = Inflation!.Column(j)[row];
        }

        return w;
    }

    /// <summary>The partition of the rows that GEE correlates over; for a mixed model the coarsest grouping.</summary>
    public Clusters Clusters { get; }

    /// <summary>The response, n values (response scale; the proportion for events out of trials).</summary>
    public ReadOnlySpan<double> Response => response;

    /// <summary>The response's name or expression, as in the formula.</summary>
    public string ResponseName { get; init; } = "y";

    /// <summary>
    /// The categories of an ordered outcome, lowest first: the response of a row is the place of its category, counted from 0. Empty for
    /// every other outcome. The design keeps the column of the intercept, whose place the thresholds take.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Prior weights, n values, or empty when all are 1. Trials are not part of them. Copied when set.</summary>
    public ReadOnlySpan<double> Weights
    {
        get => weights;
        init => weights = value.ToArray();
    }

    /// <summary>Number of trials behind each proportion, n values, or empty when all are 1. Copied when set.</summary>
    public ReadOnlySpan<double> Trials
    {
        get => trials;
        init => trials = value.ToArray();
    }

    /// <summary>Known part of the linear predictor (link scale), n values, or empty when all are 0. Copied when set.</summary>
    public ReadOnlySpan<double> Offset
    {
        get => offset;
        init => offset = value.ToArray();
    }

    /// <summary>
    /// Wave of each row: the rank, from 0, of its value among the distinct values in the
    /// data; without a wave column the position within the cluster. Copied when set.
    /// </summary>
    public ReadOnlySpan<int> Waves
    {
        get => waves;
        init => waves = value.ToArray();
    }

    /// <summary>The numeric value of each row's wave (for continuous-time structures), or empty. Copied when set.</summary>
    public ReadOnlySpan<double> WaveValues
    {
        get => waveValues;
        init => waveValues = value.ToArray();
    }

    /// <summary>What a row counts in a likelihood: its prior weight times its number of trials, 1 without either.</summary>
    /// <param name="row">The row of the frame, counted from 0.</param>
    public double WeightTimesTrials(int row) => (weights.Length == 0 ? 1 : weights[row]) * (trials.Length == 0 ? 1 : trials[row]);

    /// <summary>The labels of the distinct waves in order of rank; empty without a wave column.</summary>
    public IReadOnlyList<string> WaveLabels { get; init; } = [];

    /// <summary>The random-effects terms of the formula, nested ones expanded, coarsest grouping first; empty for GEE.</summary>
    public IReadOnlyList<RandomTermDesign> RandomTerms { get; init; } = [];

    /// <summary>
    /// For each row of the frame its row in the data set, counted from 0; empty when the frame was not read from one. Copied when set.
    /// </summary>
    public ReadOnlySpan<int> RowOrder
    {
        get => rowOrder;
        init => rowOrder = value.ToArray();
    }

    /// <summary>
    /// The number of a row among the rows of the data, counted from 1 without
    /// the header; its own number in the frame when it was not read from data.
    /// </summary>
    public int DataRow(int row) => (rowOrder.Length == 0 ? row : rowOrder[row]) + 1;

    /// <summary>The number of rows left out because a column used was missing.</summary>
    public int Dropped { get; init; }

    /// <summary>What the reader of the results should know about how the frame was made, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the columns used are, as the file says; none of a file that does not, such as CSV.</summary>
    public VariableLabels Labels { get; init; } = VariableLabels.None;

    /// <summary>Rebuilds designs of these rows with a column set to another value; null when the frame was made from arrays.</summary>
    public DesignRecipe? Recipe { get; init; }

    /// <summary>The further columns that the request asked for, in the frame's order.</summary>
    public IReadOnlyList<Column> AuxiliaryColumns { get; init; } = [];

    /// <summary>One of the further columns that the request asked for, in the frame's order.</summary>
    public Column Auxiliary(string name) =>
        AuxiliaryColumns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"The frame was not asked for the column \"{name}\".", nameof(name));

    /// <summary>The same frame with another response: the arrays of everything else are shared.</summary>
    /// <param name="newResponse">n values, wrapped.</param>
    public ModelFrame WithResponse(double[] newResponse) => new(this, Design, newResponse);

    /// <summary>The same rows of an ordered outcome without the categories that no row has; the frame itself where all have some.</summary>
    public ModelFrame WithoutEmptyCategories()
    {
        var seen = new bool[Categories.Count];
        foreach (var code in response)
        {
            seen[(int)code] = true;
        }

        if (Array.TrueForAll(seen, one => one))
        {
            return this;
        }

        var places = new double[seen.Length];
        for (var k = 1; k < places.Length; k++)
        {
            places[k] = places[k - 1] + (seen[k - 1] ? 1 : 0);
        }

        return new(this, Design, Array.ConvertAll(response, code => places[(int)code]))
        {
            Categories = [.. Categories.Where((_, k) => seen[k])],
        };
    }

    /// <summary>The same frame with each row's position within its cluster, from 0, as its wave, whatever the order of the rows.</summary>
    public ModelFrame WithPositionsAsWaves()
    {
        var positions = new int[Rows];
        for (var i = 0; i < Clusters.Count; i++)
        {
            for (var position = 0; position < Clusters.Size(i); position++)
            {
                positions[Clusters.Start(i) + position] = position;
            }
        }

        return new(this, Design, response) { Waves = positions, WaveValues = [], WaveLabels = [] };
    }

    /// <summary>
    /// The same rows with another design and other random terms, for a model
    /// nested in this one; the recipe is dropped when the design changes.
    /// </summary>
    /// <param name="design">n×p.</param>
    /// <param name="randomTerms">The random terms, coarsest grouping first.</param>
    public ModelFrame WithTerms(DesignMatrix design, IReadOnlyList<RandomTermDesign> randomTerms) =>
        new(this, design, response) { RandomTerms = randomTerms, Recipe = ReferenceEquals(design, Design) ? Recipe : null };

    /// <summary>
    /// The same frame with some rows given weight 0, so that they do not count, and only some columns of the design; without a recipe.
    /// </summary>
    /// <param name="leftOut">The rows that are not to count, n values.</param>
    /// <param name="columns">The columns kept, ascending.</param>
    public ModelFrame Restricted(ReadOnlySpan<bool> leftOut, ReadOnlySpan<int> columns)
    {
        var newWeights = new double[Rows];
        for (var row = 0; row < newWeights.Length; row++)
        {
            newWeights[row] = leftOut[row] ? 0 : weights.Length == 0 ? 1 : weights[row];
        }

        var values = new double[Rows * columns.Length];
        var (names, terms) = (new string[columns.Length], new string[columns.Length]);
        for (var j = 0; j < columns.Length; j++)
        {
            Design.Column(columns[j]).CopyTo(values.AsSpan(j * Rows));
            (names[j], terms[j]) = (Design.Names[columns[j]], Design.Terms[columns[j]]);
        }

        return new ModelFrame(this, new DesignMatrix(Rows, names, values, terms), response) { Weights = newWeights, Recipe = null };
    }

    /// <summary>The same rows in other clusters; everything else is shared.</summary>
    /// <param name="clusters">A partition of the n rows.</param>
    public ModelFrame WithClusters(Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return new ModelFrame(this, Design, response, clusters);
    }

    private ModelFrame(ModelFrame other, DesignMatrix design, double[] newResponse, Clusters? clusters = null)
        : this(design, newResponse, clusters ?? other.Clusters)
    {
        ResponseName = other.ResponseName;
        Categories = other.Categories;
        weights = other.weights;
        trials = other.trials;
        offset = other.offset;
        waves = other.waves;
        waveValues = other.waveValues;
        rowOrder = other.rowOrder;
        WaveLabels = other.WaveLabels;
        RandomTerms = other.RandomTerms;
        Dropped = other.Dropped;
        Notes = other.Notes;
        Labels = other.Labels;
        Recipe = other.Recipe;
        Inflation = other.Inflation;
        AuxiliaryColumns = other.AuxiliaryColumns;
    }

    /// <summary>The rows, and the clusters where they hold several: <c>1908 rows in 294 clusters of patientID</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Rows} {(Rows == 1 ? "row" : "rows")}")
        + (Clusters.MaximumSize > 1 ? FormattableString.Invariant($" in {Clusters.Count} clusters of {Clusters.Name}") : string.Empty);
}
