namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// The residual covariance of a model: its layout, its shape, and the rows it whitens.
/// Immutable; what depends on parameters is in <see cref="ResidualFactors"/>.
/// </summary>
/// <remarks>
/// Parameters: those of C for the first group; for each further group the log ratio
/// of its first standard deviation to that of the first group, then those of its C.
/// </remarks>
internal sealed class ResidualModel
{
    /// <summary>Binds a layout to a shape, with the rows of the data.</summary>
    /// <param name="layout">The blocks and patterns.</param>
    /// <param name="shape">The shape of C.</param>
    /// <param name="rows">Rows of the blocks, row-major.</param>
    /// <param name="width">The number of columns.</param>
    public ResidualModel(ResidualLayout layout, ResidualShape shape, double[] rows, int width)
        : this(layout, shape, width, rows, layout.BlockStarts, layout.BlockPatterns)
    {
    }

    private ResidualModel(ResidualLayout layout, ResidualShape shape, int width, double[] rows, int[] blockStarts, int[] blockPatterns)
    {
        Layout = layout;
        Shape = shape;
        Width = width;
        Rows = rows;
        BlockStarts = blockStarts;
        BlockPatterns = blockPatterns;
        PerGroup = shape.Count(layout.Waves);
        MaximumBlock = layout.Patterns.Max(pattern => pattern.Size);
    }

    /// <summary>The blocks and patterns of the data.</summary>
    public ResidualLayout Layout { get; }

    /// <summary>The shape of C.</summary>
    public ResidualShape Shape { get; }

    /// <summary>The rows worked on: those of the data, or fewer with the same moments within each pattern.</summary>
    public double[] Rows { get; }

    /// <summary>The number of columns of <see cref="Rows"/>.</summary>
    public int Width { get; }

    /// <summary>Where each block of <see cref="Rows"/> starts.</summary>
    public int[] BlockStarts { get; }

    /// <summary>The pattern of each block of <see cref="Rows"/>.</summary>
    public int[] BlockPatterns { get; }

    /// <summary>The largest number of rows of a block.</summary>
    public int MaximumBlock { get; }

    /// <summary>The number of parameters over all groups.</summary>
    public int Parameters => (Layout.Groups * (PerGroup + 1)) - 1;

    /// <summary>The number of parameters of each group's C.</summary>
    public int PerGroup { get; }

    /// <summary>Where the parameters of a group's C start.</summary>
    public int Start(int group) => group * (PerGroup + 1);

    /// <summary>The parameters of a group's C.</summary>
    public ReadOnlySpan<double> Own(int group, ReadOnlySpan<double> theta) => theta.Slice(Start(group), PerGroup);

    /// <summary>The standard deviation of a group's first wave, relative to that of the first group.</summary>
    public double Ratio(int group, ReadOnlySpan<double> theta) => group == 0 ? 1 : Math.Exp(theta[Start(group) - 1]);

    /// <summary>The times of a pattern's waves.</summary>
    public double[] TimesOf(WavePattern pattern) => Array.ConvertAll(pattern.Ranks, rank => Layout.Times[rank]);

    /// <summary>The same rows under another shape.</summary>
    public ResidualModel With(ResidualShape other) => new(Layout, other, Width, Rows, BlockStarts, BlockPatterns);

    /// <summary>The same model with the subjects of each pattern replaced by as few rows as have the same moments.</summary>
    public ResidualModel Compressed()
    {
        var (rows, starts, patterns) = PatternCompression.Compress(this);
        return new ResidualModel(Layout, Shape, Width, rows, starts, patterns);
    }

    /// <summary>
    /// Writes starting values: the empirical standard deviations of the centred response by wave, and moderate correlations.
    /// </summary>
    public void FillStart(Span<double> theta)
    {
        for (var group = 0; group < Layout.Groups; group++)
        {
            var covariance = Shape.StartsFromCovariance ? EmpiricalCovariance.Of(this, group) : [];
            Shape.FillStart(covariance, Layout.Waves, theta.Slice(Start(group), PerGroup));
        }
    }
}
