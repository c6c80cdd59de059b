using MarginalConditional.Glmm.Linear.Likelihood;

namespace MarginalConditional.Glmm.Linear.Residual;

/// <summary>The residual covariance under current parameters: moments of whitened rows, and the way back from their derivatives to the parameters.</summary>
/// <remarks>Parameters: those of C for the first group; for each further group the log ratio of its first standard deviation to that of the first group, then those of its C.</remarks>
internal sealed class ResidualModel
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
            if (!SmallMatrix.Cholesky(c, n))
            {
                return double.NaN;
            }

            logDeterminant += pattern.Subjects * SmallMatrix.LogDeterminant(c, n);
            SmallMatrix.InvertLower(c, n, pattern.InverseFactor);
        }

        return logDeterminant;
    }

    /// <summary>C of a pattern under the current parameters, n×n, full.</summary>
    public void FillPattern(WavePattern pattern, Span<double> c)
    {
        int n = pattern.Size, m = Layout.Waves;
        var ratio = Ratio(pattern.Group, current);
        var square = ratio * ratio;
        if (shape.UsesTimes)
        {
            shape.Evaluate(current.AsSpan(Start(pattern.Group), perGroup), TimesOf(pattern), c, new double[perGroup * n * n]);
        }
        else
        {
            var table = Table(pattern.Group);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    c[i * n + j] = table[pattern.Ranks[i] * m + pattern.Ranks[j]];
                }
            }
        }

        for (var i = 0; i < n * n; i++)
        {
            c[i] *= square;
        }
    }

    /// <summary>Adds the moments of the whitened rows of some blocks to S (lower triangle).</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">One past the last block.</param>
    /// <param name="moments">Width×width.</param>
    /// <param name="scratch">MaximumBlock×width numbers.</param>
    public void AddMoments(int first, int last, Span<double> moments, Span<double> scratch)
    {
        for (var block = first; block < last; block++)
        {
            var n = Whiten(block, scratch);
            SmallMatrix.AddCrossProduct(scratch, n, Width, moments);
        }
    }

    /// <summary>Adds the derivative of some blocks by C, given the derivative by their moments.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">One past the last block.</param>
    /// <param name="adjoint">Width×width, full.</param>
    /// <param name="accumulator">What it is added to; one a thread.</param>
    public void AddAdjoint(int first, int last, ReadOnlySpan<double> adjoint, ResidualAccumulator accumulator)
    {
        for (var block = first; block < last; block++)
        {
            accumulator.Open(BlockPatterns[block], this);
            var n = Whiten(block, accumulator.Whitened);
            accumulator.Add(adjoint, n, Width);
        }
    }

    /// <summary>Adds −L⁻ᵀEL⁻¹ of one pattern to the derivative by C, and for continuous time at once to the gradient.</summary>
    public void Flush(int patternIndex, ReadOnlySpan<double> weight, double logDeterminants, Span<double> byTable, Span<double> gradient, Span<double> half)
    {
        var pattern = Layout.Patterns[patternIndex];
        int n = pattern.Size, m = Layout.Waves;
        Span<double> derivative = new double[n * n];
        var inverse = pattern.InverseFactor;

        // L⁻ᵀ(count·I − E)L⁻¹, E symmetric in full.
        SmallMatrix.Multiply(weight, inverse, n, n, n, half);
        for (var i = 0; i < n * n; i++)
        {
            half[i] = logDeterminants * inverse[i] - half[i];
        }

        SmallMatrix.MultiplyTransposedLeft(inverse, half, n, n, n, derivative);
        var ratio = Ratio(pattern.Group, current);
        if (shape.UsesTimes)
        {
            ChainLocally(pattern, derivative, ratio * ratio, gradient);
            return;
        }

        var target = byTable.Slice(pattern.Group * m * m, m * m);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                target[pattern.Ranks[i] * m + pattern.Ranks[j]] += derivative[i * n + j];
            }
        }
    }

    /// <summary>Adds the derivative by the tables of C to the gradient by the parameters.</summary>
    public void Chain(ReadOnlySpan<double> byTable, Span<double> gradient)
    {
        if (shape.UsesTimes)
        {
            return;
        }

        var size = Layout.Waves * Layout.Waves;
        for (var group = 0; group < Layout.Groups; group++)
        {
            var ratio = Ratio(group, current);
            var derivative = byTable.Slice(group * size, size);
            for (var k = 0; k < perGroup; k++)
            {
                gradient[Start(group) + k] += ratio * ratio * SmallMatrix.Dot(derivative, derivatives.AsSpan((group * perGroup + k) * size, size));
            }

            if (group > 0)
            {
                gradient[Start(group) - 1] += 2 * ratio * ratio * SmallMatrix.Dot(derivative, Table(group));
            }
        }
    }

    /// <summary>The derivatives of a pattern's C by every parameter, Parameters matrices of n×n (zero for other groups' parameters).</summary>
    public void FillPatternDerivatives(WavePattern pattern, Span<double> result)
    {
        int n = pattern.Size, m = Layout.Waves;
        result[..(Parameters * n * n)].Clear();
        var ratio = Ratio(pattern.Group, current);
        var local = new double[perGroup * n * n];
        if (shape.UsesTimes)
        {
            shape.Evaluate(current.AsSpan(Start(pattern.Group), perGroup), TimesOf(pattern), new double[n * n], local);
        }

        for (var k = 0; k < perGroup; k++)
        {
            var target = result.Slice((Start(pattern.Group) + k) * n * n, n * n);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    target[i * n + j] = ratio * ratio * (shape.UsesTimes
                        ? local[(k * n + i) * n + j]
                        : derivatives[((pattern.Group * perGroup + k) * m + pattern.Ranks[i]) * m + pattern.Ranks[j]]);
                }
            }
        }

        if (pattern.Group > 0)
        {
            var target = result.Slice((Start(pattern.Group) - 1) * n * n, n * n);
            FillPattern(pattern, target);
            foreach (ref var value in target)
            {
                value *= 2;
            }
        }
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

    /// <summary>The times of a pattern's waves.</summary>
    public double[] TimesOf(WavePattern pattern) => Array.ConvertAll(pattern.Ranks, rank => Layout.Times[rank]);

    private void ChainLocally(WavePattern pattern, ReadOnlySpan<double> derivative, double square, Span<double> gradient)
    {
        var n = pattern.Size;
        var start = Start(pattern.Group);
        var c = new double[n * n];
        var dc = new double[perGroup * n * n];
        shape.Evaluate(current.AsSpan(start, perGroup), TimesOf(pattern), c, dc);
        for (var k = 0; k < perGroup; k++)
        {
            gradient[start + k] += square * SmallMatrix.Dot(derivative, dc.AsSpan(k * n * n, n * n));
        }

        if (pattern.Group > 0)
        {
            gradient[start - 1] += 2 * square * SmallMatrix.Dot(derivative, c);
        }
    }

    private int Whiten(int block, Span<double> result)
    {
        var pattern = Layout.Patterns[BlockPatterns[block]];
        return Whiten(pattern, Rows.AsSpan(BlockStarts[block] * Width, pattern.Size * Width), result);
    }

    private Span<double> Table(int group) => tables.AsSpan(group * Layout.Waves * Layout.Waves, Layout.Waves * Layout.Waves);

    /// <summary>L⁻¹B for the rows B of one subject.</summary>
    /// <returns>The number of rows.</returns>
    public int Whiten(WavePattern pattern, ReadOnlySpan<double> source, Span<double> result)
    {
        var n = pattern.Size;
        for (var i = 0; i < n; i++)
        {
            var row = result.Slice(i * Width, Width);
            row.Clear();
            for (var j = 0; j <= i; j++)
            {
                SmallMatrix.AddScaled(row, pattern.InverseFactor[i * n + j], source.Slice(j * Width, Width));
            }
        }

        return n;
    }
}
