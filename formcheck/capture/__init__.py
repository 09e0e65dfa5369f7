"""Where pictures come from: video files, folders of images, cameras."""
