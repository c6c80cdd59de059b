namespace MarginalConditional.Report.Pictures;

/// <summary>How a line is drawn.</summary>
public enum PictureStroke
{
    /// <summary>Without gaps.</summary>
    Solid,

    /// <summary>In dashes.</summary>
    Dashed,

    /// <summary>In dots.</summary>
    Dotted,

    /// <summary>Dashes and dots in turn.</summary>
    DashDotted,
}
