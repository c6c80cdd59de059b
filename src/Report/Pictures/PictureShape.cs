namespace MarginalConditional.Report.Pictures;

/// <summary>The shape of a point, so that no series is told by its colour alone.</summary>
public enum PictureShape
{
    /// <summary>A filled circle.</summary>
    Disc,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>A filled diamond.</summary>
    Diamond,

    /// <summary>A triangle that points up.</summary>
    Up,

    /// <summary>A triangle that points down.</summary>
    Down,

    /// <summary>A circle that is not filled.</summary>
    Ring,

    /// <summary>Two crossing strokes.</summary>
    Cross,
}
