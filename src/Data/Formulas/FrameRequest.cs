namespace MarginalConditional.Data.Formulas;

/// <summary>What a model frame is to be made of: the formula and the roles of further columns.</summary>
public sealed record FrameRequest
{
    /// <summary>The model formula.</summary>
    public required Formula Formula { get; init; }

    /// <summary>
    /// The column that says which rows belong together, or several joined by colons, such as <c>center:id</c>; null to take the
    /// coarsest grouping of the random part, or each row by itself when there is none.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>Whether a frame without clusters (or with a single one) is an error. Default: no.</summary>
    public bool RequireClusters { get; init; }

    /// <summary>The column that orders rows within a cluster; null for none.</summary>
    public string? Wave { get; init; }

    /// <summary>Whether two rows of a cluster with the same wave are an error. Default: no.</summary>
    public bool RequireDistinctWaves { get; init; }

    /// <summary>The column of prior weights, at least 0; null for none.</summary>
    public string? Weights { get; init; }

    /// <summary>
    /// A column added to the linear predictor, beside the formula's own offsets, or an expression such as <c>log(time)</c>; null for none.
    /// </summary>
    public string? Offset { get; init; }

    /// <summary>The offset parsed: text with a parenthesis is an expression, all other text the name of a column.</summary>
    /// <exception cref="InputException">It has a parenthesis and is not an expression.</exception>
    public Expression? OffsetExpression =>
        Offset is null ? null
        : Offset.Contains('(', StringComparison.Ordinal) ? FormulaParser.ParseExpression(Offset)
        : new Expression.Variable(Offset);

    /// <summary>The level of a two-level outcome that counts as 1; null for an outcome of numbers, or of TRUE and FALSE.</summary>
    public string? Event { get; init; }

    /// <summary>
    /// Whether the outcome is one of ordered categories: numbers in their own order, text in that of <see cref="Orders"/>. The frame's
    /// response are then codes from 0. Default: no.
    /// </summary>
    public bool HasOrderedOutcome { get; init; }

    /// <summary>What <c>a / b</c> on the left side means. Default: events out of trials.</summary>
    public RatioMeaning Ratio { get; init; }

    /// <summary>Whether the link is the logarithm, under which a time at risk enters by its logarithm. Default: no.</summary>
    public bool HasLogLink { get; init; }

    /// <summary>The column of the number of trials, when the response counts events; null for none.</summary>
    public string? Trials { get; init; }

    /// <summary>
    /// Whether columns of the design that the data cannot tell apart are an error, rather than left out and named. Default: no.
    /// </summary>
    public bool RefuseAliased { get; init; }

    /// <summary>Reference levels by column; a factor not listed has its first level in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Numeric columns to be treated as categories.</summary>
    public IReadOnlyCollection<string> Factors { get; init; } = [];

    /// <summary>
    /// Whether the place within a cluster carries meaning when there is no wave column (AR(1),
    /// for example): then rows keep the order of the file within a cluster. Default: no.
    /// </summary>
    public bool PositionMatters { get; init; }

    /// <summary>
    /// The predictor of the log odds of excess zeros, the right side of a formula without random effects; null without one.
    /// </summary>
    public Formula? Inflation { get; init; }

    /// <summary>
    /// Further columns wanted in the frame's order, got back by <c>ModelFrame.Auxiliary</c>; rows where one is missing are dropped.
    /// </summary>
    public IReadOnlyList<string> Auxiliary { get; init; } = [];

    /// <summary>
    /// Groupings wanted in the frame's order, such as subclusters, got back by <c>ModelFrame.Auxiliary</c>: compared as text,
    /// and <c>a:b</c> has a group for each pair. Rows where one is missing are dropped.
    /// </summary>
    public IReadOnlyList<string> AuxiliaryGroupings { get; init; } = [];

    /// <summary>
    /// The order of a column's levels by column, all of them; a column that is not listed has ordinal order, text waves natural order.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Orders { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>
    /// Conditions that a row has to meet to be used, all of them; see <see cref="FormulaParser.ParseCondition"/>. Default: none.
    /// </summary>
    public IReadOnlyList<Expression> Where { get; init; } = [];

    /// <summary>The columns of <see cref="Cluster"/>, which may be compound: <c>center:id</c>. Empty without one.</summary>
    /// <exception cref="InputException">The cluster is not a column or columns joined by colons.</exception>
    public IReadOnlyList<string> ClusterColumns =>
        Cluster is null ? []
        : Formula.RandomTerms.FirstOrDefault(random => random.Group == Cluster) is { } term ? term.Grouping
        : GroupingName.Columns(Cluster);

    /// <summary>Every column that groups rows, each once: clusters, random effects, subclusters.</summary>
    public IReadOnlyList<string> GroupingColumns =>
    [
        .. ClusterColumns
            .Concat(Formula.RandomTerms.SelectMany(random => random.Grouping))
            .Concat(AuxiliaryGroupings.SelectMany(GroupingName.Columns))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Every column named by formula, roles or conditions, each once.</summary>
    public IReadOnlyList<string> Columns =>
        [.. ModelColumns.Concat(Where.SelectMany(condition => condition.Variables)).Distinct(StringComparer.Ordinal)];

    /// <summary>Every column named by formula or roles, each once: a row is used if none is missing.</summary>
    internal IReadOnlyList<string> ModelColumns =>
    [
        .. Formula.Variables
            .Concat(ClusterColumns)
            .Concat(new[] { Wave, Weights, Trials }.OfType<string>())
            .Concat(OffsetExpression?.Variables ?? [])
            .Concat(Inflation?.Variables ?? [])
            .Concat(Auxiliary)
            .Concat(AuxiliaryGroupings.SelectMany(GroupingName.Columns))
            .Distinct(StringComparer.Ordinal),
    ];
}
