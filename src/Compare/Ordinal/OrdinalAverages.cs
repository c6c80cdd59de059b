namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// Where the sums and the averages of ordered outcomes stand in their vectors: a block a weighting, participants first, and in it the arms.
/// </summary>
/// <param name="Arms">The number of arms.</param>
/// <param name="Thresholds">J.</param>
internal sealed record OrdinalAverages(int Arms, int Thresholds)
{
    /// <summary>Participants, then clusters.</summary>
    public const int Weightings = 2;

    /// <summary>The sums of one weighting.</summary>
    public int Block => 1 + (Arms * Stride);

    /// <summary>The number of sums.</summary>
    public int Sums => Weightings * Block;

    /// <summary>The number of averages.</summary>
    public int Averages => Weightings * Arms * 4 * Thresholds;

    private int Stride => (4 * Thresholds) + 1;

    /// <summary>The sum of the weights.</summary>
    public int Size(int weighting) => weighting * Block;

    /// <summary>The sum of P(Y ≤ k) over rows.</summary>
    public int Mean(int weighting, int arm, int threshold) => Size(weighting) + 1 + (arm * Stride) + threshold;

    /// <summary>The sum of F⁻¹ of these probabilities.</summary>
    public int Transformed(int weighting, int arm, int threshold) => Mean(weighting, arm, threshold) + Thresholds;

    /// <summary>The sum of the points given effects of 0: the mean over the effects of F⁻¹ of a cluster's own probability.</summary>
    public int Point(int weighting, int arm, int threshold) => Transformed(weighting, arm, threshold) + Thresholds;

    /// <summary>The sum of 1(Y ≤ k) − P(Y ≤ k) of the rows given the arm.</summary>
    public int Residual(int weighting, int arm, int threshold) => Point(weighting, arm, threshold) + Thresholds;

    /// <summary>The number of rows given the arm.</summary>
    public int Given(int weighting, int arm) => Residual(weighting, arm, Thresholds);

    /// <summary>The average of P(Y ≤ k), by the model.</summary>
    public int Model(int weighting, int arm, int threshold) => (((weighting * Arms) + arm) * 4 * Thresholds) + threshold;

    /// <summary>The same whatever the model: with the mean residual of those given the arm.</summary>
    public int Robust(int weighting, int arm, int threshold) => Model(weighting, arm, threshold) + Thresholds;

    /// <summary>The average of F⁻¹ of the rows' probabilities.</summary>
    public int AverageTransformed(int weighting, int arm, int threshold) => Robust(weighting, arm, threshold) + Thresholds;

    /// <summary>The average of the points.</summary>
    public int AveragePoint(int weighting, int arm, int threshold) => AverageTransformed(weighting, arm, threshold) + Thresholds;
}
