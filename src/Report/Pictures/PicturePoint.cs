namespace MarginalConditional.Report.Pictures;

/// <summary>A point of a mark, on the scales of the axes.</summary>
/// <param name="Across">Its place on the horizontal axis.</param>
/// <param name="Up">Its place on the vertical axis.</param>
public readonly record struct PicturePoint(double Across, double Up)
{
    /// <summary>Whether it has a place.</summary>
    public bool IsFinite => double.IsFinite(Across) && double.IsFinite(Up);
}
