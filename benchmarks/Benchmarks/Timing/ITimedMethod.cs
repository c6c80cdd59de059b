namespace MarginalConditional.Benchmarks.Timing;

/// <summary>A method that can be timed on a file. To add one, write a class and a line in <see cref="TimedFit"/>.</summary>
internal interface ITimedMethod
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>Reads what the fit needs and returns the fit itself, which gives the coefficients.</summary>
    /// <param name="detail">What to vary: a correlation, a number of nodes.</param>
    /// <param name="path">The CSV file.</param>
    /// <param name="threads">0 means all.</param>
    Func<double[]> Prepare(string detail, string path, int threads);
}
