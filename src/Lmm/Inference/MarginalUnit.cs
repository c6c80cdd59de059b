namespace MarginalConditional.Lmm.Inference;

/// <summary>A covariance V that one or more independent clusters share, with its derivatives by the covariance parameters.</summary>
/// <param name="Size">n, the number of rows.</param>
/// <param name="Covariance">V, n×n.</param>
/// <param name="Active">The parameters that V depends on.</param>
/// <param name="Derivatives">∂V by each active parameter, n×n.</param>
/// <param name="Second">The second derivatives by pairs of active parameters that are not zero.</param>
/// <param name="Multiplicity">The number of clusters with this V.</param>
/// <param name="Source">The array that holds the rows.</param>
/// <param name="Starts">Where blocks of n rows start in it: as many as there are clusters, or fewer with the same moments.</param>
internal sealed record MarginalUnit(
    int Size,
    double[] Covariance,
    IReadOnlyList<int> Active,
    IReadOnlyList<double[]> Derivatives,
    IReadOnlyList<(int First, int Second, double[] Matrix)> Second,
    int Multiplicity,
    double[] Source,
    IReadOnlyList<int> Starts);
