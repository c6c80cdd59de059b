using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>The residual covariance under current parameters: moments of whitened rows, and the way back from their derivatives to the parameters.</summary>
/// <remarks>Parameters: those of C for the first group; for each further group the log ratio of its first standard deviation to that of the first group, then those of its C.</remarks>
internal sealed partial class ResidualModel
{
    private readonly ResidualShape shape;
    private readonly int perGroup;
    private readonly double[] tables;
    private readonly double[] derivatives;
    private readonly double[] current;

    /// <summary>Binds a layout to a shape.</summary>
    /// <param name="layout">The blocks and patterns.</param>
    /// <param name="shape">The shape of C.</param>
    /// <param name="rows">Rows of the blocks, row-major.</param>
    /// <param name="width">The number of columns.</param>
    public ResidualModel(ResidualLayout layout, ResidualShape shape, double[] rows, int width)
    {
        Layout = layout;
        this.shape = shape;
        Rows = rows;
        Width = width;
        BlockStarts = layout.BlockStarts;
        BlockPatterns = layout.BlockPatterns;
        var m = layout.Waves;
        perGroup = shape.Count(m);
        current = new double[Parameters];
        MaximumBlock = layout.Patterns.Max(pattern => pattern.Size);
        if (!shape.UsesTimes)
        {
            tables = new double[layout.Groups * m * m];
            derivatives = new double[layout.Groups * perGroup * m * m];
        }
        else
        {
            tables = [];
            derivatives = [];
        }
    }

    /// <summary>The blocks and patterns of the data.</summary>
    public ResidualLayout Layout { get; }

    /// <summary>The shape of C.</summary>
    public ResidualShape Shape => shape;

    /// <summary>The rows worked on: those of the data, or fewer with the same moments within each pattern.</summary>
    public double[] Rows { get; private set; }

    /// <summary>The number of columns of <see cref="Rows"/>.</summary>
    public int Width { get; }

    /// <summary>Where each block of <see cref="Rows"/> starts.</summary>
    public int[] BlockStarts { get; private set; }

    /// <summary>The pattern of each block of <see cref="Rows"/>.</summary>
    public int[] BlockPatterns { get; private set; }

    /// <summary>The largest number of rows of a block.</summary>
    public int MaximumBlock { get; }

    /// <summary>The number of parameters over all groups.</summary>
    public int Parameters => Layout.Groups * (perGroup + 1) - 1;

    /// <summary>Where the parameters of a group's C start.</summary>
    public int Start(int group) => group * (perGroup + 1);

    /// <summary>The number of parameters of each group's C.</summary>
    public int PerGroup => perGroup;

    /// <summary>The same rows under another shape; patterns are shared, so each of the two has to be updated before it is read.</summary>
    public ResidualModel With(ResidualShape other) => new(Layout, other, Rows, Width) { BlockStarts = BlockStarts, BlockPatterns = BlockPatterns };

    /// <summary>Replaces the subjects of each pattern by as few rows as have the same moments.</summary>
    public void Compress() => (Rows, BlockStarts, BlockPatterns) = PatternCompression.Compress(this);

    /// <summary>The standard deviation of a group's first wave, relative to that of the first group.</summary>
    public double Ratio(int group, ReadOnlySpan<double> theta) => group == 0 ? 1 : Math.Exp(theta[Start(group) - 1]);

    /// <summary>Recomputes C and its factors.</summary>
    /// <param name="theta">The parameters.</param>
    /// <returns>Σ log|C| over subjects; NaN when some C is not positive definite.</returns>
    public double Update(ReadOnlySpan<double> theta)
    {
        theta.CopyTo(current);
        var m = Layout.Waves;
        if (!shape.UsesTimes)
        {
            for (var group = 0; group < Layout.Groups; group++)
            {
                shape.Evaluate(theta.Slice(Start(group), perGroup), Layout.Times, Table(group), derivatives.AsSpan(group * perGroup * m * m, perGroup * m * m));
            }
        }

        var logDeterminant = 0.0;
        var c = new double[MaximumBlock * MaximumBlock];
        foreach (var pattern in Layout.Patterns)
        {
            var n = pattern.Size;
            FillPattern(pattern, c);
            if (!Cholesky.TryFactor(c, n, out _, Cholesky.Definite))
            {
                return double.NaN;
            }

            logDeterminant += pattern.Subjects * Cholesky.LogDeterminant(c, n);
            Cholesky.InvertFactor(c, n, pattern.InverseFactor);
        }

        return logDeterminant;
    }

    /// <summary>The expectation of the profiled deviance's Hessian over the residual parameters, without random effects.</summary>
    public void FillExpectedHessian(Span<double> hessian, bool scaleIsFixed) => ExpectedInformation.Fill(this, hessian, scaleIsFixed);

    /// <summary>Writes starting values: the empirical standard deviations of the centred response by wave, and moderate correlations.</summary>
    public void FillStart(Span<double> theta)
    {
        for (var group = 0; group < Layout.Groups; group++)
        {
            var covariance = shape.StartsFromCovariance ? EmpiricalCovariance.Of(this, group) : [];
            shape.FillStart(covariance, Layout.Waves, theta.Slice(Start(group), perGroup));
        }
    }

    private Span<double> Table(int group) => tables.AsSpan(group * Layout.Waves * Layout.Waves, Layout.Waves * Layout.Waves);
}
