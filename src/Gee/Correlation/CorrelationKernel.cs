namespace MarginalConditional.Gee.Correlation;

/// <summary>The working part of a structure for one frame: estimates α from residuals and whitens columns by a factor of R⁻¹.</summary>
/// <remarks>
/// One kernel belongs to one fit. Every structure is a linear map W with WᵀW = R⁻¹ on the rows of a cluster; with D̃ = A^−½ D the
/// estimating equations need only W·D̃ and W·r, whose inner products are DᵀV⁻¹D and DᵀV⁻¹(y − μ) up to φ.
/// <see cref="AddMoments"/> and <see cref="Whiten"/> run on several threads at once and only read the kernel.
/// </remarks>
internal abstract class CorrelationKernel
{
    /// <summary>Creates a kernel with q correlation parameters and the number of sums it needs to estimate them.</summary>
    protected CorrelationKernel(GeeTolerances tolerances, int parameters, int moments)
    {
        Tolerances = tolerances;
        Alpha = new double[parameters];
        Moments = moments;
    }

    /// <summary>α, q values, in the order the structure documents.</summary>
    public double[] Alpha { get; }

    /// <summary>
    /// All that R is made of beside the frame: α, or a known matrix. A kernel given these numbers of another is, once prepared, the same.
    /// </summary>
    public virtual double[] Numbers => Alpha;

    /// <summary>The number of sums that <see cref="AddMoments"/> accumulates.</summary>
    public int Moments { get; }

    /// <summary>Whether α is estimated at all.</summary>
    public virtual bool IsEstimated => Alpha.Length > 0;

    /// <summary>What should be said about the estimation whatever the values are; null when nothing.</summary>
    public virtual string? Note => null;

    /// <summary>Why the frame says nothing about α, and what would; null where it does.</summary>
    public virtual string? Inestimable => null;

    /// <summary>Whether two rows of some cluster have this correlation; else its place in <see cref="Alpha"/> means nothing.</summary>
    /// <param name="parameter">The place in <see cref="Alpha"/>.</param>
    public virtual bool Occurs(int parameter) => true;

    /// <summary>Whether <see cref="Alpha"/> is at the edge of its range to rounding.</summary>
    public virtual bool IsAtBound => false;

    /// <summary>Adds the products of residuals of some clusters to the sums.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last cluster.</param>
    /// <param name="residuals">Weighted Pearson residuals of the rows of these clusters.</param>
    /// <param name="sums">The sums, <see cref="Moments"/> values.</param>
    public abstract void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums);

    /// <summary>The α that the sums and the scale imply; NaN where the data cannot tell.</summary>
    /// <param name="sums">What <see cref="AddMoments"/> accumulated over all clusters.</param>
    /// <param name="scale">φ.</param>
    /// <param name="alpha">Receives q values.</param>
    public abstract void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha);

    /// <summary>
    /// Prepares <see cref="Whiten"/> for <see cref="Alpha"/>. Returns null,
    /// or a sentence with the violated bound when R is not positive definite.
    /// </summary>
    public abstract string? Prepare();

    /// <summary>
    /// Moves <see cref="Alpha"/> to the nearest value for which the eigenvalues of R
    /// are at least the repair margin; for AR(1) and decay, α that far from its bounds.
    /// </summary>
    public abstract void Repair();

    /// <summary>Replaces the rows of some clusters in one column by W times them.</summary>
    public abstract void Whiten(int firstCluster, int endCluster, Span<double> column);

    /// <summary>What counts as positive definite, and the margin of repairs.</summary>
    protected GeeTolerances Tolerances { get; }
}
