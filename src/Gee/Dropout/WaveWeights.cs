namespace MarginalConditional.Gee.Dropout;

/// <summary>The weights of the rows of one wave.</summary>
/// <param name="Wave">The wave's label.</param>
/// <param name="Rows">The number of rows seen.</param>
/// <param name="Smallest">The smallest weight.</param>
/// <param name="Average">The mean weight; weights of rows times their number estimate the number of clusters at the start.</param>
/// <param name="Largest">The largest weight.</param>
public sealed record WaveWeights(string Wave, int Rows, double Smallest, double Average, double Largest);
